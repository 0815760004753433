# Warnings, floating-point rules and sanitizers for every target of ours: link plexarium_options.
add_library(plexarium_options INTERFACE)
target_include_directories(plexarium_options INTERFACE ${CMAKE_SOURCE_DIR})
# No fused multiply-add: results must not depend on the processor.
target_compile_options(plexarium_options INTERFACE -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wpedantic
                                                   -Wnon-virtual-dtor -Woverloaded-virtual -ffp-contract=off)

if(PLEXARIUM_SANITIZE)
  target_compile_options(plexarium_options INTERFACE -fsanitize=${PLEXARIUM_SANITIZE} -fno-omit-frame-pointer
                                                     -fno-sanitize-recover=all)
  target_link_options(plexarium_options INTERFACE -fsanitize=${PLEXARIUM_SANITIZE})
endif()

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

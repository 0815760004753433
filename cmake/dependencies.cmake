# Every library the project stands on, once, with its reason. Debian package names in brackets; tools/dependencies lists them
# for installation.
find_package(Threads REQUIRED)
find_package(tl-expected REQUIRED)      # [libexpected-dev] errors as values; C++23's std::expected for C++20
find_package(nlohmann_json REQUIRED)    # [nlohmann-json3-dev] JSON documents
find_package(pugixml REQUIRED)          # [libpugixml-dev] XML of GraphML files; expands no entities
find_package(Eigen3 3.4 REQUIRED)           # [libeigen3-dev] the linear equations of bodies
find_package(CLI11 REQUIRED)            # [libcli11-dev] the command line
find_package(ZLIB REQUIRED)             # [zlib1g-dev] data sets packed by gzip
find_path(STB_INCLUDE_DIR stb/stb_image.h REQUIRED)  # [libstb-dev] PNG and JPEG pictures of data sets, without a window system
find_path(RANDOM123_INCLUDE_DIR Random123/philox.h REQUIRED)  # [librandom123-dev] counter-based random numbers

if(PLEXARIUM_GUI)
  set(qt_gui Widgets Quick QuickWidgets Charts PrintSupport Svg ShaderTools)
endif()
if(PLEXARIUM_GUI OR PLEXARIUM_TESTS)
  # [qt6-base-dev qt6-declarative-dev qt6-charts-dev qt6-svg-dev qt6-shadertools-dev] window, canvas, charts, icons, tests
  find_package(Qt6 6.4 REQUIRED COMPONENTS Core Test ${qt_gui})
endif()
if(PLEXARIUM_GUI)
  find_package(QCustomPlotQt6 REQUIRED)  # [libqcustomplot-dev] live curves
  find_package(GIF 5.2 REQUIRED)         # [libgif-dev] films of the canvas
  find_package(ALSA REQUIRED)            # [libasound2-dev] clicks of neurons; Qt Multimedia would bring 71 packages
endif()
if(PLEXARIUM_BENCH)
  find_package(benchmark REQUIRED)       # [libbenchmark-dev] micro-benchmarks
endif()

import QtQuick

// What the colours, shapes and lines mean, as a strip under the picture. `entries`: [{label, picture}].
Rectangle {
    id: strip

    property var entries: []
    property color textColour

    implicitHeight: flow.implicitHeight + 16

    Flow {
        id: flow
        anchors { left: parent.left; right: parent.right; leftMargin: 10; rightMargin: 10; verticalCenter: parent.verticalCenter }
        spacing: 12

        Repeater {
            model: strip.entries

            Row {
                id: entry
                required property var modelData
                spacing: 3

                Image {
                    anchors.verticalCenter: parent.verticalCenter
                    source: entry.modelData.picture
                    sourceSize: Qt.size(52, 32)
                    width: 26
                    height: 16
                }
                Text {
                    anchors.verticalCenter: parent.verticalCenter
                    color: strip.textColour
                    font.pixelSize: 12
                    text: entry.modelData.label
                }
            }
        }
    }
}

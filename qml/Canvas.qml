import QtQuick
import Plexarium 1.0

// The picture of the network and what floats above it. The window sets the properties; nothing is decided here.
Rectangle {
    id: root

    property bool dark: true
    property var legend: []  // [{label, picture}], see legendEntries
    property bool legendShown: true
    property bool emptyHintShown: false
    property color cardColour
    property color cardBorder
    property color textColour
    property color dimColour

    color: dark ? "#0b0f16" : "#f4f1ec"

    NetworkCanvas {
        id: canvas
        objectName: "canvas"
        anchors { left: parent.left; right: parent.right; top: parent.top; bottom: legendStrip.top }
        focus: true
    }

    Column {
        anchors.centerIn: parent
        spacing: 8
        visible: root.emptyHintShown

        Text {
            anchors.horizontalCenter: parent.horizontalCenter
            color: root.textColour
            font.pixelSize: 20
            text: qsTr("An empty network")
        }
        Text {
            anchors.horizontalCenter: parent.horizontalCenter
            color: root.dimColour
            font.pixelSize: 14
            horizontalAlignment: Text.AlignHCenter
            lineHeight: 1.25
            text: qsTr("Double-click to place a neuron, or press N.\nThe Gallery in the File menu has living ones.")
        }
    }

    Legend {
        id: legendStrip
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        height: visible ? implicitHeight : 0
        visible: root.legendShown && root.legend.length > 0
        entries: root.legend
        color: root.cardColour
        textColour: root.dimColour
    }

    HoverCard {
        text: canvas.hoverText
        point: canvas.hoverPoint
        area: Qt.size(root.width, root.height)
        cardColour: root.cardColour
        cardBorder: root.cardBorder
        textColour: root.textColour
    }
}

import QtQuick

// Live values of what is under the mouse, beside it and always inside the picture.
Rectangle {
    id: card

    property string text
    property point point
    property size area
    property color cardColour
    property color cardBorder
    property color textColour

    visible: text !== ""
    width: label.implicitWidth + 24
    height: label.implicitHeight + 18
    x: point.x + 18 + width > area.width ? Math.max(4, point.x - width - 14) : point.x + 18
    y: Math.max(4, Math.min(point.y + 14, area.height - height - 4))
    radius: 8
    color: cardColour
    border.color: cardBorder
    opacity: 0.97

    Text {
        id: label
        anchors.centerIn: parent
        color: card.textColour
        font.pixelSize: 12
        lineHeight: 1.15
        text: card.text
        textFormat: Text.PlainText
    }
}

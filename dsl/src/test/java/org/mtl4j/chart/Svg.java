package org.mtl4j.chart;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads a chart's SVG. */
final class Svg {

    private static final double ASCENT = 0.73; // of a font's size, the height of its capitals

    private Svg() {}

    /** The document. */
    static Document parse(String svg) throws ParserConfigurationException, SAXException, IOException {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    /** The contents of all elements of a tag. */
    static List<String> text(Document svg, String tag) {
        return elements(svg, tag).stream().map(Element::getTextContent).toList();
    }

    /** All elements of a tag. */
    static List<Element> elements(Document svg, String tag) {
        NodeList nodes = svg.getElementsByTagName(tag);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    /** What a text element covers, from its baseline to the top of its capitals. */
    static Rectangle2D area(Element text) {
        double x = number(text, "x");
        double y = number(text, "y");
        double length = number(text, "textLength");
        double height = ASCENT * number(text, "font-size");
        return text.getAttribute("transform").startsWith("rotate(-90")
                ? new Rectangle2D.Double(x - height, y - length, height, length)
                : new Rectangle2D.Double(x, y - height, length, height);
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }
}

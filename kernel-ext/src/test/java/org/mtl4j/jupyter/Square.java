package org.mtl4j.jupyter;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.mtl4j.show.Picture;

/** A picture of 30 x 20. */
record Square() implements Picture {

    @Override
    public String toHtml() {
        return "<b>square</b>";
    }

    @Override
    public String toSvg() {
        return "<?xml version=\"1.0\"?><svg width=\"30\" height=\"20\"><title>t</title></svg>";
    }

    @Override
    public byte[] toPng() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB), "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Override
    public String altText() {
        return "A \"square\" of 30 by 20.";
    }
}

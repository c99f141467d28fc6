package io.github.cameldaraja.simulator.qr;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

import com.google.zxing.common.BitMatrix;

/**
 * Writes black and white PNG images, one bit a pixel.
 */
final class Png {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int GREY = 0;

    private Png() {
    }

    static byte[] of(BitMatrix matrix) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(png)) {
            out.write(SIGNATURE);
            chunk(out, "IHDR", header(matrix));
            chunk(out, "IDAT", pixels(matrix));
            chunk(out, "IEND", new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }

    private static byte[] header(BitMatrix matrix) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(header);
        out.writeInt(matrix.getWidth());
        out.writeInt(matrix.getHeight());
        out.write(new byte[] {1, GREY, 0, 0, 0});
        return header.toByteArray();
    }

    private static byte[] pixels(BitMatrix matrix) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, new Deflater(Deflater.BEST_COMPRESSION))) {
            byte[] row = new byte[1 + (matrix.getWidth() + Byte.SIZE - 1) / Byte.SIZE];
            for (int y = 0; y < matrix.getHeight(); y++) {
                Arrays.fill(row, (byte) 0);
                for (int x = 0; x < matrix.getWidth(); x++) {
                    if (!matrix.get(x, y)) {
                        row[1 + x / Byte.SIZE] |= (byte) (0x80 >> x % Byte.SIZE);
                    }
                }
                out.write(row);
            }
        }
        return packed.toByteArray();
    }

    private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) crc.getValue());
    }
}

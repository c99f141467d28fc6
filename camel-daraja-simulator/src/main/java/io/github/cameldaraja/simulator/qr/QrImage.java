package io.github.cameldaraja.simulator.qr;

import java.util.Map;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.QRCodeWriter;

/**
 * Draws QR codes.
 */
final class QrImage {

    private QrImage() {
    }

    /** A square PNG with sides of so many pixels; larger if the code would not fit. */
    static byte[] png(String text, int size) {
        try {
            return Png.of(new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, size, size,
                    Map.of(EncodeHintType.CHARACTER_SET, "UTF-8")));
        } catch (WriterException e) {
            throw new IllegalStateException(e);
        }
    }
}

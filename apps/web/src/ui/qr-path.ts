import { encodeQR } from 'qr';

/** White around it, as scanners ask (ISO/IEC 18004, 6.3.8). */
const BORDER = 4;

/** A QR code as one path of an SVG, a unit for each of its squares: our pages show no `data:` image. */
export function qrPath(text: string): { size: number; path: string } {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: BORDER });
  const squares = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')));
  return { size: rows.length, path: squares.join('') };
}

import { encodeQR } from 'qr';

/** White border that scanners need (ISO/IEC 18004, 6.3.8). */
const BORDER = 4;

/** A QR code as one SVG path, one unit for each square: our pages allow no `data:` image. */
export function qrPath(text: string): { size: number; path: string } {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: BORDER });
  const squares = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')));
  return { size: rows.length, path: squares.join('') };
}

// @vitest-environment node
import { expect, it } from 'vitest';
import { qrPath } from './qr-path';

it('draws a QR code as one path of squares, with the white border that scanners need', () => {
  const { size, path } = qrPath(
    'otpauth://totp/Portillon:claire.martin?secret=JBSWY3DPEHPK3PXP&issuer=Portillon',
  );
  expect(path.startsWith('M4 4h1v1h-1z')).toBe(true);
  const columns = [...path.matchAll(/M(\d+) (\d+)h/g)].flatMap(([, x, y]) => [Number(x), Number(y)]);
  expect(Math.min(...columns)).toBe(4);
  expect(Math.max(...columns)).toBe(size - 5);
});

import { AppError } from '@portillon/kernel';

const PIECE = 16 * 1024;
const UTF16_MARK = [0xff, 0xfe];
/** What Windows-1252 has from 0x80 to 0x9F, where Latin-1 has controls; the five holes stay what they are. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/**
 * Decodes the text of a file from a French spreadsheet: UTF-8 with or without byte order mark, UTF-16 (« Texte Unicode »),
 * otherwise Windows-1252, in which every byte is valid. Works in pieces, so that other requests do not wait for a long
 * file.
 *
 * @throws AppError `validation.failed` when the file is not text
 */
export function* textOf(bytes: Buffer): Generator<string> {
  const encoding = encodingOf(bytes);
  const decode = encoding === 'windows-1252' ? fromWindows1252 : decoderOf(encoding);
  for (let from = 0; from < bytes.length; from += PIECE) {
    const last = from + PIECE >= bytes.length;
    yield refusingBinary(readable(() => decode(bytes.subarray(from, from + PIECE), last)));
  }
}

function encodingOf(bytes: Buffer): 'utf-8' | 'utf-16le' | 'windows-1252' {
  if (UTF16_MARK.every((byte, index) => bytes[index] === byte)) return 'utf-16le';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

function decoderOf(encoding: string): (piece: Buffer, last: boolean) => string {
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (piece, last) => decoder.decode(piece, { stream: !last });
}

/** Decoded here: Node 20's decoder of that name yields Latin-1, in which `Œ` and `’` are controls. */
function fromWindows1252(piece: Buffer): string {
  return piece.toString('latin1').replace(/[\x80-\x9f]/g, (byte) => WINDOWS_1252[byte.charCodeAt(0) - 0x80]!);
}

function readable(read: () => string): string {
  try {
    return read();
  } catch {
    throw unreadable();
  }
}

/** A NUL is in no text: it is a spreadsheet's own file, or an archive. */
function refusingBinary(text: string): string {
  if (text.includes('\0')) throw unreadable();
  return text;
}

function unreadable(): AppError {
  const errors = [{ field: 'file', code: 'encoding', message: '' }];
  return new AppError('validation.failed', { errors });
}

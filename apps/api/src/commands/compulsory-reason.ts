import { hasVisibleText } from '@portillon/kernel';
import { InvalidArgumentError } from 'commander';

/** The text of `--reason`, as the journal keeps it. @throws InvalidArgumentError when a reader would see nothing of it */
export function compulsoryReason(text: string): string {
  if (!hasVisibleText(text)) throw new InvalidArgumentError('It must say why.');
  return text.trim();
}

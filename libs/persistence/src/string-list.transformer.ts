import type { ValueTransformer } from 'typeorm';

/** Stores a list of words without spaces in one column: `pwd otp` is `['pwd', 'otp']`. */
export const stringList: ValueTransformer = {
  to: (list: readonly string[]) => list.join(' '),
  from: (text: string) => (text === '' ? [] : text.split(' ')),
};

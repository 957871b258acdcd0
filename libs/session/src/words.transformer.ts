import type { ValueTransformer } from 'typeorm';

/** Words of RFC 8176 in one column: `pwd otp` is `['pwd', 'otp']`. */
export const words: ValueTransformer = {
  to: (list: string[]) => list.join(' '),
  from: (text: string) => (text === '' ? [] : text.split(' ')),
};

import { sortKey } from '@portillon/kernel';

/** Width of the column. */
const LONGEST = 48;
/** Further words do not narrow the result. */
const MOST_WORDS = 6;
/** More than people type: the words are compared pairwise. */
const MOST_TYPED = 32;

interface Named {
  username: string;
  email: string;
  displayName: string;
  nationalId?: string | null;
}

/** Search terms of an account: each word of the name and each part of it, user name, mail address, national id. */
export function searchTerms(account: Named): string[] {
  const words = account.displayName.split(/\s+/u);
  const parts = words.flatMap((word) => [word, ...word.split(/['’-]/u)]);
  const terms = [...parts, account.username, account.email, account.nationalId ?? ''];
  return [...new Set(terms.map(asTerm).filter(Boolean))];
}

/** Typed beginnings, the longest first; one that another one begins with is dropped. */
export function typedTerms(text: string): string[] {
  const words = text.split(/\s+/u, MOST_TYPED);
  const typed = [...new Set(words.map(asTerm).filter(Boolean))];
  const telling = typed.filter((one) => !typed.some((other) => other !== one && other.startsWith(one)));
  return telling.sort((a, b) => b.length - a.length).slice(0, MOST_WORDS);
}

/** Invisible marks, which people do not type. */
const UNSEEN = /\p{Cf}/gu;

function asTerm(text: string): string {
  return [...sortKey(text).replace(UNSEEN, '')].slice(0, LONGEST).join('');
}

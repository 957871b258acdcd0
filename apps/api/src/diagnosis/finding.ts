/** What was found of one dependency. */
export interface Finding {
  name: string;
  well: boolean;
  /** What was found. */
  text: string;
  /** What to do. */
  advice?: string;
  /** It works, and an operator should know. */
  isWarning?: true;
}

export function fine(name: string, text: string): Finding {
  return { name, well: true, text };
}

export function doubtful(name: string, text: string, advice?: string): Finding {
  return { name, well: true, text, advice, isWarning: true };
}

export function wrong(name: string, text: string, advice?: string): Finding {
  return { name, well: false, text, advice };
}

export const NOT_SET = 'off: not set';

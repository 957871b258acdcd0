/** The columns of a table, by their keys and the text of each. */
export const columnsOf = <Key extends string>(keys: readonly Key[], textOf: (key: Key) => string) =>
  keys.map((key) => ({ key, text: textOf(key) }));

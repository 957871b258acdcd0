/** The columns of a table, by their keys and the text of each. `looks`: how a column differs, as in `StackTable`. */
export const columnsOf = <Key extends string>(
  keys: readonly Key[],
  textOf: (key: Key) => string,
  looks: Partial<Record<Key, { width?: string; bare?: boolean }>> = {},
) => keys.map((key) => ({ key, text: textOf(key), ...looks[key] }));

/** Where the module keeps the columns of all parts that bear the id of a key. */
export const KEYED_COLUMNS = Symbol('KEYED_COLUMNS');

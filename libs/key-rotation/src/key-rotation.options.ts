/** Token of the columns of all parts that contain a key id. */
export const KEYED_COLUMNS = Symbol('KEYED_COLUMNS');

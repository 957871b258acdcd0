/** The landed migration imports them from here, and must not change. */
export { column, createTable } from '@portillon/persistence';

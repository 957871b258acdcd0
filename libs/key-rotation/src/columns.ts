/** Where the landed migration looks for these: its text never changes. */
export { column, createTable } from '@portillon/persistence';

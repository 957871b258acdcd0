// A landed migration imports it from here.
export { networkOf } from '@portillon/structure';

export { structureServices } from './structure-bench';

export { accountServices } from './account-bench';

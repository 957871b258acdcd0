export { orientation } from './application.fixture';

export { CLIENT, NATIONAL, OF_HOSPITAL, claire } from './administrator.fixture';
export { refusing } from './act.fixture';
export { ACT_SERVICES } from './act.fixture';

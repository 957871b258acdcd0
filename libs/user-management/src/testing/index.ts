export { CLIENT, NATIONAL, OF_HOSPITAL, claire } from './administrator.fixture';
export { refusing } from './refusals.fixture';
export { ACT_SERVICES } from './act-services';

export { ENTERING, NATIONAL_ID, OTHERS, edit, erasure, link } from './account-acts.fixture';
export type { Act } from './account-acts.fixture';
export { DECISION_SERVICES } from './account-acts.fixture';

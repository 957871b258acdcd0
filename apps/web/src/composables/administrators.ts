/** The roles that administer; the API decides again for each act. */
export const ADMINISTRATORS = ['structure-admin', 'national-admin'];
/** The one that administers all of the service. */
export const NATIONAL = ['national-admin'];
/** The one that reads the journal and the statistics: of its structure, or of the service when it has none. */
export const AUDITOR = 'auditor';
/** Who sees the journal and the statistics. */
export const READERS = [...ADMINISTRATORS, AUDITOR];

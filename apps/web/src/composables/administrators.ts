/** Roles with administrators' rights. The API checks the rights again on each request. */
export const ADMINISTRATORS = ['structure-admin', 'national-admin'];
/** The role that administers the whole service. */
export const NATIONAL = ['national-admin'];
/** The role that reads the journal and the statistics, of its structure or of the whole service. */
export const AUDITOR = 'auditor';
/** Roles that may see the journal and the statistics. */
export const READERS = [...ADMINISTRATORS, AUDITOR];

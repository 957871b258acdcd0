/** The roles that administer; the API decides again for each act. */
export const ADMINISTRATORS = ['structure-admin', 'national-admin'];
/** The one that administers all of the service. */
export const NATIONAL = ['national-admin'];

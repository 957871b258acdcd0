/** The roles that administer; the API decides again for each act. */
export const ADMINISTRATORS = ['structure-admin', 'national-admin'];

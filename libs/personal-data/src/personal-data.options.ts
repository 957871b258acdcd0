/** The parts of the database: those of `PersistenceModule`. */
export const PERSONAL_DATA_PARTS = Symbol('PersonalDataParts');

import { configurableModule } from '@portillon/kernel';
import type { PersistencePart } from '@portillon/persistence';

/** Token of the columns of all parts that contain a key id. */
export const KEYED_COLUMNS = Symbol('KEYED_COLUMNS');

/** The parts of the database: those of `PersistenceModule`. */
export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } =
  configurableModule<readonly PersistencePart[]>();

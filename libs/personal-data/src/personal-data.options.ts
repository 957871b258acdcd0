import { configurableModule } from '@portillon/kernel';
import type { PersistencePart } from '@portillon/persistence';

/** The parts of the database: those of `PersistenceModule`. */
export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: PERSONAL_DATA_PARTS } =
  configurableModule<readonly PersistencePart[]>();

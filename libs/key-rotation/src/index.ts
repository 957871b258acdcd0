export { conflictText } from './conflict-text';
export { KeyAnnouncementService } from './key-announcement.service';
export { KeyRotationModule } from './key-rotation.module';
export { keyRotationPersistence } from './key-rotation.persistence';
export { KeyRotationService } from './key-rotation.service';
export type { KeyUse, RunningInstance } from './key-rotation.types';
export type {} from './key.findings';

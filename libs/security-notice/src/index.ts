export { SecurityNoticeModule } from './security-notice.module';
export { SecurityNoticeService } from './security-notice.service';
export type { NoticeDetails, NoticeKind } from './security-notice.types';

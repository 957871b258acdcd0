export { outboundLookup } from './guarded-lookup';
export { HostResolver } from './host-resolver.service';
export { OutboundModule } from './outbound.module';
export { OutboundService } from './outbound.service';
export { refusalOf } from './url.policy';
export type { OutboundFailure, OutboundRequest, OutboundResult } from './outbound.types';

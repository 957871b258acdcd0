export { outboundLookup } from './guarded-lookup';
export { HostResolver } from './guarded-lookup';
export { OutboundModule } from './outbound.module';
export { OutboundService } from './outbound.service';
export { refusalOf } from './address.policy';
export type { OutboundFailure, OutboundRequest, OutboundResult } from './outbound.types';

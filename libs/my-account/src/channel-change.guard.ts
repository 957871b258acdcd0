import { ExecutionContext, Injectable } from '@nestjs/common';
import { StepUpGuard } from '@portillon/access';

/** Asks for a fresh code where the request names a channel: the language alone is no way in. */
@Injectable()
export class ChannelChangeGuard extends StepUpGuard {
  /** @throws AppError `reauthentication.required` */
  override canActivate(context: ExecutionContext): boolean {
    const { body } = context.switchToHttp().getRequest<{ body?: unknown }>();
    const named = typeof body === 'object' && body !== null && 'codeChannel' in body;
    return !named || super.canActivate(context);
  }
}

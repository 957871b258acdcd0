import { Injectable } from '@nestjs/common';
import { ShownBranding, StructureBrandingService } from '@portillon/structure';
import { ApplicationService, onlyStructureOf } from '@portillon/application';
import { OpenidArtifactService } from '../artifacts/openid-artifact.service';
import { INTERACTION } from './interaction.dto';

/** The branding of the sign-in page of a waiting application, before the user is known. */
@Injectable()
export class InteractionBrandingService {
  constructor(
    private readonly artifacts: OpenidArtifactService,
    private readonly applications: ApplicationService,
    private readonly brandings: StructureBrandingService,
  ) {}

  /**
   * Returns the branding of the structure, when the application serves only one; undefined for an unknown or finished
   * request. Only its browser knows the random request id, so structures cannot be found by guessing.
   */
  async of(uid: string): Promise<ShownBranding | undefined> {
    const payload = await this.artifacts.find(INTERACTION, uid);
    if (!payload) return undefined;
    const application = await this.applications.getGated(String(payload.params!['client_id']));
    const structureId = application && onlyStructureOf(application);
    return structureId ? this.brandings.shown(structureId) : undefined;
  }
}

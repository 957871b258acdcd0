import { Injectable } from '@nestjs/common';
import { ShownBranding, StructureBrandingService } from '@portillon/structure';
import { ApplicationService, onlyStructureOf } from '@portillon/application';
import { OpenidArtifactService } from '../artifacts/openid-artifact.service';
import { INTERACTION } from './interaction.types';

/** What the sign-in page of an application that waits is recognised by, before anybody is known. */
@Injectable()
export class InteractionFaceService {
  constructor(
    private readonly artifacts: OpenidArtifactService,
    private readonly applications: ApplicationService,
    private readonly faces: StructureBrandingService,
  ) {}

  /**
   * The face of the one structure for whose people the application is. Nothing for a request that is over, or never was:
   * its id is random and told to the browser that came from the application alone, so no structure is found by trying.
   */
  async of(uid: string): Promise<ShownBranding | undefined> {
    const payload = await this.artifacts.find(INTERACTION, uid);
    if (!payload) return undefined;
    const application = await this.applications.getGated(String(payload.params!['client_id']));
    const structureId = application && onlyStructureOf(application);
    return structureId ? this.faces.shown(structureId) : undefined;
  }
}

import { inject, injectable } from 'inversify';

import { ManifestPacker } from '../../manifest/manifest-packer.js';
import { ManifestWriter } from '../../manifest/manifest-writer.js';
import type { Answer, Asked, Route } from '../route.js';

@injectable()
export class ShowManifest implements Route {
  readonly pattern = 'GET /sailings/:id/manifest';

  constructor(
    @inject(ManifestWriter) private readonly writer: ManifestWriter,
    @inject(ManifestPacker) private readonly packer: ManifestPacker,
  ) {}

  async handle({ id }: Asked): Promise<Answer> {
    const { encoding, bytes } = await this.packer.pack(await this.writer.write(id));
    return {
      status: 200,
      headers: { 'content-type': 'text/plain', 'content-encoding': encoding },
      body: bytes,
    };
  }
}

import { Controller, Get, Head, HttpCode, Inject, Param, Res, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, Needs, type Principal } from '@anmai/nest';
import type { FileRecord } from '@anmai/postgres';
import { fileReply, type FileShape } from '@anmai/wire';
import type { FastifyReply } from 'fastify';
import { Does } from '../does';
import { FileDesk, fileShape } from './file-desk';

/** Content of a hash never changes. Only the one who asked may keep it. */
const CACHE = 'private, max-age=31536000, immutable';
/** Whatever is in the file, it runs nothing and loads nothing. */
const POLICY = "default-src 'none'; sandbox";

@ApiTags('files')
@Controller('api/v1/files')
export class FilesController {
  constructor(@Inject(FileDesk) private readonly desk: FileDesk) {}

  @Get(':sha256/info')
  @Needs('files.read')
  @Does('What is known of a file', { reply: fileReply, errors: [404] })
  async info(@Param('sha256') sha256: string, @Caller() caller: Principal): Promise<FileShape> {
    return fileShape(await this.desk.find(sha256, caller));
  }

  @Head(':sha256')
  @HttpCode(200)
  @Needs('files.read')
  @Does('Whether a file is here, its type and its length', { status: 200, errors: [404] })
  async head(
    @Param('sha256') sha256: string,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Caller() caller: Principal,
  ): Promise<void> {
    describe(reply, await this.desk.find(sha256, caller));
  }

  @Get(':sha256')
  @Needs('files.read')
  @Does('The bytes of a file', { status: 200, errors: [404, 503] })
  async get(
    @Param('sha256') sha256: string,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Caller() caller: Principal,
  ): Promise<StreamableFile> {
    const file = await this.desk.find(sha256, caller);
    const content = await this.desk.content(file.sha256);
    describe(reply, file);
    return new StreamableFile(content);
  }
}

function describe(reply: FastifyReply, file: FileRecord): void {
  reply.headers({
    'content-type': file.type,
    'content-length': file.bytes,
    'content-disposition': dispositionOf(file),
    'content-security-policy': POLICY,
    'cache-control': CACHE,
    etag: `"${file.sha256}"`,
  });
}

/** Pictures and PDF may be looked at in place; everything else is saved. The name is the original one where it is known. */
export function dispositionOf({ type, meta, sha256 }: Pick<FileRecord, 'type' | 'meta' | 'sha256'>): string {
  const way = type.startsWith('image/') || type === 'application/pdf' ? 'inline' : 'attachment';
  const name = meta.name ?? sha256.slice(0, 16);
  // RFC 8187; the four characters are those that encodeURIComponent leaves alone and the RFC does not.
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    char => `%${char.charCodeAt(0).toString(16)}`,
  );
  return `${way}; filename*=UTF-8''${encoded}`;
}

import {
  Body,
  Controller,
  Delete,
  Head,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Req,
  Res,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { TusCall, UploadState } from '@anmai/files';
import { Caller, Needs, type Principal } from '@anmai/nest';
import { fileAnnouncement, fileReceipt, type FileAnnouncement, type FileReceiptShape } from '@anmai/wire';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { UPLOADS_URL } from '../body-parsers';
import { Does } from '../does';
import { FileDesk } from './file-desk';

const TUS_VERSION = '1.0.0';
/** Of a file that is in. A header, since the answers of tus have no body. */
export const RECEIPT_HEADER = 'upload-receipt';
const FOLLOWS_TUS = 'Follows tus 1.0.0 (https://tus.io/protocols/resumable-upload).';

const callOf = ({ headers, raw }: FastifyRequest): TusCall => ({ headers, body: raw });

function tell(reply: FastifyReply, { offset, bytes, taken }: UploadState<FileReceiptShape>): void {
  reply.headers({ 'tus-resumable': TUS_VERSION, 'upload-offset': offset, 'upload-length': bytes });
  if (taken !== null) reply.header(RECEIPT_HEADER, JSON.stringify(taken));
}

@ApiTags('files')
@Controller('api/v1/files')
export class UploadsController {
  constructor(@Inject(FileDesk) private readonly desk: FileDesk) {}

  @Post('receipts')
  @HttpCode(200)
  @Needs('files.write')
  @Does('The receipt of a file that is here already, so that it need not be sent', {
    reply: fileReceipt,
    errors: [400, 404, 413, 415],
    text: 'FIL-011 (404): it is not here, or not visible to the caller; send it.',
  })
  known(
    @Body({ schema: fileAnnouncement }) body: FileAnnouncement,
    @Caller() caller: Principal,
  ): Promise<FileReceiptShape> {
    return this.desk.known(body, caller);
  }

  @Post('uploads')
  @HttpCode(201)
  @Needs('files.write')
  @Does('Begin an upload', {
    status: 201,
    errors: [400, 413, 415, 429, 507],
    text:
      `${FOLLOWS_TUS} Upload-Metadata names \`sha256\`, \`type\`, \`kind\` (photo, signature, document, sketch) and ` +
      '`meta` (JSON), each in base64. `Location` is where the bytes go.',
  })
  async create(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Caller() caller: Principal,
  ): Promise<void> {
    const id = await this.desk.begin(callOf(request), caller);
    reply.headers({ location: `${UPLOADS_URL}/${id}`, 'tus-resumable': TUS_VERSION, 'upload-offset': 0 });
  }

  @Head('uploads/:id')
  @HttpCode(200)
  @Needs('files.write')
  @Does('How far an upload has come', {
    status: 200,
    errors: [404, 422, 503],
    text: `${FOLLOWS_TUS} \`Upload-Offset\` tells it; \`Upload-Receipt\` (JSON) is there once the file is in.`,
  })
  async state(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Caller() caller: Principal,
  ): Promise<void> {
    tell(reply, await this.desk.state(id, callOf(request), caller));
  }

  @Patch('uploads/:id')
  @HttpCode(204)
  @Needs('files.write')
  @Does('Send bytes from `Upload-Offset` on', {
    errors: [400, 404, 409, 413, 415, 422, 503, 507],
    text:
      `${FOLLOWS_TUS} After the last byte the hash is checked: bytes that differ are removed (FIL-001), others are kept ` +
      'and `Upload-Receipt` says so. Until it is there, keep the original.',
  })
  async append(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Caller() caller: Principal,
  ): Promise<void> {
    tell(reply, await this.desk.append(id, callOf(request), caller));
  }

  @Delete('uploads/:id')
  @HttpCode(204)
  @Needs('files.write')
  @Does('Give up an upload that is not complete', { errors: [404] })
  async remove(
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Caller() caller: Principal,
  ): Promise<void> {
    await this.desk.remove(id, caller);
    reply.header('tus-resumable', TUS_VERSION);
  }
}

import { Controller, Get, Header, Inject, Param, Query } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { warningTrack } from '@anmai/alarms';
import { AppError, invariant } from '@anmai/kernel';
import { Caller, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import { capQuery, capXml, idSchema } from '@anmai/wire';
import type { z } from 'zod';
import { absent } from '../absent';
import { Does } from '../does';
import { NOTIFY, RECORDS, type NotifyDeps } from '../ports';
import { capOfIncident } from './cap-of-incident';
import { INCIDENT_ERRORS } from './errors';

@ApiTags('incidents')
@Controller('api/v1/incidents')
export class IncidentCapController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(NOTIFY) private readonly notify: NotifyDeps,
  ) {}

  @Get(':id/cap')
  @Needs('incidents.read')
  @Header('content-type', 'application/cap+xml; charset=utf-8')
  @ApiProduces('application/cap+xml')
  @Does('The warning about the incident as a message of the Common Alerting Protocol 1.2', {
    status: 200,
    errors: [400, 404],
    text:
      'Alert for the warning (404 INC-003 before there is one), Update with references for a higher severity, a wider ' +
      'area or another warning, Cancel with references for the release. A Draft until ANMAI_CAP_SENDER is set.',
  })
  async cap(
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: capQuery }) { n }: z.infer<typeof capQuery>,
    @Caller() caller: Principal,
  ): Promise<string> {
    const { incidents, assets } = this.records;
    const row = await incidents.get(id, caller.within);
    const sources = row === null ? null : await incidents.warningSources(id, caller.within);
    if (row === null || sources === null) return absent('incident', id);
    const message = warningTrack(id, sources).slice(0, n).at(-1);
    if (message === undefined) throw new AppError(INCIDENT_ERRORS.notWarned, { id });
    // Whoever may see the incident may see the warning about it, whose asset may be another owner's.
    const place = message.assetId === null ? null : await assets.get(message.assetId, null);
    const { capSender, style } = this.notify;
    const placeName = place?.name ?? message.assetId;
    const xml = capXml(capOfIncident({ message, familyId: row.familyId, placeName, capSender, style }));
    invariant(xml.ok, `a CAP message that is none: ${xml.ok ? '' : xml.error.join('; ')}`);
    return xml.value;
  }
}

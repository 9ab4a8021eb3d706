import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Clock } from '@anmai/kernel';
import {
  BUILDING_GRADES,
  differencesOf,
  gradeBuilding,
  mayFileAppraisal,
  proposedHandlings,
  type Appraisal,
  type Grading,
  type GradingInput,
} from '@anmai/lifecycle';
import { Caller, FaultsError, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import {
  appraisalQuery,
  appraisalReply,
  appraisalSchema,
  filedReply,
  gradeFactsReply,
  gradingInputSchema,
  gradingReply,
  idSchema,
  pageOf,
  type AppraisalBody,
  type AppraisalShape,
  type FiledShape,
  type GradeFactsShape,
  type GradingShape,
  type Page,
} from '@anmai/wire';
import type { z } from 'zod';
import { absent } from '../absent';
import { authorOf } from '../author';
import { paged, pageReply } from '../cursor';
import { Does } from '../does';
import { requireFiles } from '../files/require-files';
import { newId } from '../new-id';
import { CLOCK, RECORDS } from '../ports';
import { RegistryWrites } from '../registry/registry-writes';
import { PlanRules } from '../watch/plan-rules';
import { appraisalShape, filedShape, gradingShape } from './appraisal-shape';
import { HAZARD_ERRORS as E } from './errors';
import { granted } from './refused';

/** Appraisals (鉴定): the one thing that sets or lifts a grade. */
@ApiTags('hazards')
@Controller('api/v1/appraisals')
export class AppraisalsController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(RegistryWrites) private readonly writes: RegistryWrites,
    @Inject(PlanRules) private readonly planRules: PlanRules,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('buildings.read')
  @Does('List appraisals, newest filed first', { reply: pageOf(appraisalReply), errors: [400] })
  async list(
    @Query({ schema: appraisalQuery }) query: z.infer<typeof appraisalQuery>,
    @Caller() caller: Principal,
  ): Promise<Page<AppraisalShape>> {
    const page = await this.records.appraisals.list(paged('appraisals', query), caller.within);
    return pageReply('appraisals', page, appraisalShape);
  }

  @Post('compute')
  @HttpCode(200)
  @Needs('buildings.read')
  @Does('Grade what was counted by JGJ 125-2016, each step explained; nothing is kept', {
    reply: gradingReply,
    errors: [400, 422],
  })
  compute(
    @Body({ schema: gradingInputSchema }) body: z.infer<typeof gradingInputSchema>,
  ): Promise<GradingShape> {
    return Promise.resolve(gradingShape(graded(body)));
  }

  @Get('facts/:buildingId')
  @Needs('buildings.read')
  @Does(
    'What has to be known before an appraisal is filed: grade, protection, handlings that may be proposed',
    {
      reply: gradeFactsReply,
      errors: [404],
    },
  )
  async facts(
    @Param('buildingId', { schema: idSchema }) id: string,
    @Caller() caller: Principal,
  ): Promise<GradeFactsShape> {
    const facts = (await this.records.appraisals.building(id, caller.within)) ?? absent('building', id);
    const { name, grade, protection, storeys } = facts;
    const proposals = Object.fromEntries(
      BUILDING_GRADES.map(each => [each, [...proposedHandlings(each, protection)]]),
    ) as GradeFactsShape['proposals'];
    const shown = protection === null ? null : [...protection];
    return { buildingId: id, buildingName: name, grade, protection: shown, storeys, proposals };
  }

  @Get(':id')
  @Needs('buildings.read')
  @Does('One appraisal with what was computed beside its verdict', { reply: appraisalReply, errors: [404] })
  async get(
    @Param('id', { schema: idSchema }) id: string,
    @Caller() caller: Principal,
  ): Promise<AppraisalShape> {
    return appraisalShape((await this.records.appraisals.get(id, caller.within)) ?? absent('appraisal', id));
  }

  @Post()
  @Needs('appraisals.write')
  @Does('File an appraisal report: the only way in which a grade is set or lifted', {
    reply: filedReply,
    status: 201,
    errors: [400, 404, 409, 422],
    text:
      'Anything but a report (`basis`) is refused with 409 (GRD-001), and so is 整体拆除 of a protected building without its ' +
      'plan (一屋一策) and approval. A or B ends the monitoring plan in force.',
  })
  async file(
    @Body({ schema: appraisalSchema }) body: AppraisalBody,
    @Caller() caller: Principal,
  ): Promise<FiledShape> {
    if ((await this.records.appraisals.building(body.buildingId, caller.within)) === null)
      absent('building', body.buildingId);
    await requireFiles(this.records, evidenceOf(body), caller);
    const computed = body.input === null ? null : graded(body.input);
    const now = this.clock.now();
    const appraisal: Appraisal = {
      ...body,
      ...{ id: body.id ?? newId('apr'), filedBy: caller.username, filedAt: now },
      ...{ computed, differences: differencesOf(body.grade, computed) },
    };
    const answer = await this.writes.published(
      this.records.appraisals.file(
        appraisal,
        ({ building, present }) =>
          mayFileAppraisal(appraisal, { now, protection: building.protection, present }),
        authorOf(caller),
      ),
    );
    const filed = granted(E.notFiled, answer);
    if (filed.planEnded !== null) await this.planRules.follow(filed.planEnded, authorOf(caller));
    return filedShape(filed);
  }
}

/** The report and, of a protected building, its plan with the approval. */
const evidenceOf = ({ report, protectionPlan }: AppraisalBody): string[] =>
  [report, protectionPlan?.plan, protectionPlan?.approval].flatMap(ref => (ref ? [ref.sha256] : []));

/** Faults of what was counted are listed by field. */
function graded(input: GradingInput): Grading {
  const result = gradeBuilding(input);
  if (result.ok) return result.value;
  throw new FaultsError(
    E.badInput,
    result.error.map(({ at, code }) => ({ at, message: FAULTS[code] })),
  );
}

const FAULTS = {
  count: 'must be a whole number within the limits',
  dangerousMoreThanAll: 'more dangerous ones than there are',
  kindTwice: 'each kind once a floor',
  positions: 'each dangerous wall, column or foundation needs one plan position of its own, others have none',
  floorTwice: 'each floor once',
  floorUnknown: 'there is no such floor; storeys count from 1, basements from -1',
} as const;

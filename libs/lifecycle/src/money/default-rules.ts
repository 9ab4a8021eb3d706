import type { MoneyRules, RuleSource } from './rules';

const PRESS: RuleSource = {
  kind: 'document',
  ref: '国务院新闻办发布会 2024-08-23（公共账户主要用于体检和保险；取之于房、用之于房）',
};
const FUND: RuleSource = {
  kind: 'document',
  ref: '国务院新闻办发布会 2024-08-23（个人账户即住宅专项维修资金，按原规定用于保修期满后的共用部位、共用设施设备）',
};
const CITIES: RuleSource = {
  kind: 'document',
  ref: '沈房发〔2024〕7号；郑州市三项制度实施方案征求意见稿（2025-11）：财政、土地出让收入、公积金增值收益；原公房出售资金见住建部刊物',
};
const memory = (why: string): RuleSource => ({ kind: 'provisional', why });

/** What holds until a city writes its own: found in the texts named, the rest provisional. */
export const DEFAULT_MONEY_RULES: MoneyRules = {
  pots: {
    public: {
      sources: [
        { code: 'fiscal', zh: '财政补助', en: 'Fiscal supplement', source: CITIES },
        { code: 'land', zh: '土地出让收入', en: 'Land-transfer income', source: CITIES },
        {
          code: 'housingFund',
          zh: '公积金增值收益',
          en: 'Gains of the housing provident fund',
          source: CITIES,
        },
        { code: 'soldHousing', zh: '原公房出售资金', en: 'Proceeds of sold public housing', source: CITIES },
        { code: 'interest', zh: '利息', en: 'Interest', source: memory('存款利息归入本账户，未见明文') },
      ],
      uses: [
        { code: 'checkup', zh: '房屋安全体检', en: 'Check-ups', source: PRESS },
        { code: 'insurance', zh: '房屋质量安全保险', en: 'Insurance', source: PRESS },
        {
          code: 'emergency',
          zh: '应急抢险与排险',
          en: 'Emergency works',
          source: memory('各地口径不一，待地方办法确认'),
        },
        {
          code: 'monitoring',
          zh: 'C、D 级房屋监测',
          en: 'Watch of C and D buildings',
          source: memory('待地方办法确认'),
        },
        { code: 'appraisal', zh: '安全鉴定', en: 'Appraisals', source: memory('待地方办法确认') },
      ],
      levels: [
        { uptoFen: 5_000_000, approvals: 1 },
        { uptoFen: 100_000_000, approvals: 2 },
        { uptoFen: null, approvals: 3 },
      ],
      levelSource: memory('建议值：5 万元以下一人、100 万元以下两人、以上三人'),
      vote: null,
    },
    individual: {
      sources: [
        { code: 'firstDeposit', zh: '首次交存', en: 'First deposit', source: memory('165 号令，凭记忆') },
        { code: 'topUp', zh: '续交', en: 'Top-up', source: memory('165 号令，凭记忆') },
        { code: 'commonIncome', zh: '共有部分收益', en: 'Income of common parts', source: memory('凭记忆') },
        { code: 'interest', zh: '利息', en: 'Interest', source: memory('凭记忆') },
      ],
      uses: [
        { code: 'commonRepair', zh: '共用部位维修、更新、改造', en: 'Repair of common parts', source: FUND },
        {
          code: 'commonFacility',
          zh: '共用设施设备维修、更新、改造',
          en: 'Repair of common facilities',
          source: FUND,
        },
      ],
      levels: [
        { uptoFen: 5_000_000, approvals: 1 },
        { uptoFen: null, approvals: 2 },
      ],
      levelSource: memory('建议值'),
      vote: {
        takePart: [2, 3],
        agree: [1, 2],
        source: memory('民法典第二百七十八条，凭记忆：专有面积和人数三分之二以上参与，参与者过半数同意'),
      },
    },
  },
};

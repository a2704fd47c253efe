// Words the stories look for, as the console says them.
export const words = {
  'zh-CN': { send: '发送报告', arrived: '已收到您的报告', ack: '我来接报', taken: '已接报', sign: '签收', signed: '已签收', wages: '拖欠工资', gather: '在厂内聚集', pay: '补发工资', lost: '连接中断', bad: '账号或密码不对', title: '登录金桥', waiting: '还没有发出去', note: '记事', differs: '不一样', dispatch: '派专员', similar: '正在处理的案件', lacks: '还差一点' },
  en: { send: 'Send the report', arrived: 'Your report has arrived', ack: 'I take it', taken: 'Taken:', sign: 'Sign for it', signed: 'Signed for', wages: 'Unpaid wages', gather: 'Gathering inside', pay: 'Pay what is owed', lost: 'connection is lost', bad: 'Account or password is wrong', title: 'Sign in to Jinqiao', waiting: 'has not arrived yet', note: 'Note', differs: 'differ', dispatch: 'Send commissioner', similar: 'open case', lacks: 'Almost ready' },
};

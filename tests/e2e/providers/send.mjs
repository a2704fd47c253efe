// Sends one message by a provider's own library: send.mjs HOW PORT SECRET [honest | tamper]
//
// HOW is aliyun-v3, aliyun-v1 or tencent. With a fourth word it goes through a relay that leaves it
// alone, or changes the number on its way. Prints the provider's code, the first of them where each
// number has one.
import dns from 'node:dns';
import http from 'node:http';
import {createRequire} from 'node:module';

const require = createRequire(import.meta.url);
const [how, port, secret, way] = process.argv.slice(2);

// Passes bytes on with every header as it was signed.
async function relay(change) {
  const server = http.createServer((incoming, answer) => {
    const parts = [];
    incoming.on('data', (part) => parts.push(part));
    incoming.on('end', () => {
      const outgoing = http.request({host: '127.0.0.1', port, method: incoming.method,
        path: change(incoming.url), headers: incoming.headers}, (reply) => {
        answer.writeHead(reply.statusCode, reply.headers);
        reply.pipe(answer);
      });
      outgoing.end(change(Buffer.concat(parts).toString()));
    });
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  server.unref();
  return server.address().port;
}

const number = '13800000000';
const tamper = (text) => text.replace(number, '13900000000');
const place = '127.0.0.1:' + (way ? await relay(way === 'tamper' ? tamper : (text) => text) : port);
const variables = JSON.stringify({level: '红色', number: '2026-000123'});

async function byAliyunV3() {
  const {default: Client, SendSmsRequest} = require('@alicloud/dysmsapi20170525');
  const {$OpenApiUtil} = require('@alicloud/openapi-core');
  const client = new Client(new $OpenApiUtil.Config(
    {accessKeyId: 'testId', accessKeySecret: secret, endpoint: place, protocol: 'http'}));
  const {body} = await client.sendSms(new SendSmsRequest({phoneNumbers: number, signName: '金桥',
    templateCode: 'SMS_1', templateParam: variables}));
  return body.code;
}

async function byAliyunV1() {
  const {RPCClient} = require('@alicloud/pop-core');
  const client = new RPCClient({accessKeyId: 'testId', accessKeySecret: secret,
    endpoint: 'http://' + place, apiVersion: '2017-05-25'});
  const answer = await client.request('SendSms', {PhoneNumbers: number, SignName: '金桥',
    TemplateCode: 'SMS_1', TemplateParam: variables}, {method: 'POST', formatParams: false});
  return answer.Code;
}

// The library takes the service it signs for from the first label of the host.
async function byTencent() {
  const {lookup} = dns;
  const host = 'sms.tencentcloudapi.test';
  dns.lookup = (name, ...rest) => lookup(name === host ? '127.0.0.1' : name, ...rest);
  const {sms} = require('tencentcloud-sdk-nodejs-sms');
  const client = new sms.v20210111.Client({credential: {secretId: 'testId', secretKey: secret},
    region: 'ap-guangzhou', profile: {httpProfile: {endpoint: place.replace('127.0.0.1', host),
      protocol: 'http://'}}});
  const answer = await client.SendSms({PhoneNumberSet: ['+86' + number], SmsSdkAppId: '1400006666',
    SignName: '金桥', TemplateId: '1110', TemplateParamSet: ['红色', '2026-000123']});
  return answer.SendStatusSet[0].Code;
}

const ways = {'aliyun-v3': byAliyunV3, 'aliyun-v1': byAliyunV1, tencent: byTencent};
try {
  console.log(await ways[how]());
} catch (error) {
  console.log(error.code ?? error);
}
process.exit(0);

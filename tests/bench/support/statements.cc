#include "tests/bench/support/statements.h"

namespace jinqiao::tests::bench {

// SQLite rewrites each index that has a column in the SET list, hence the three updates.
#define PLAIN_COLUMNS                                                                   \
    "enterprise_name=?,state=?,stage=?,grade=?,restricted=?,seq=?,version=?,summary=?," \
    "concerned=?,body=?"

const char* sql_of(Statement statement) {
    switch (statement) {
        case Statement::add_case:
            return "INSERT INTO cases(id,number,workflow,enterprise_id,enterprise_name,state,stage,"
                   "grade,owner_post,filer_account,open,exercise,restricted,filed_at_ms,"
                   "next_due_ms,seq,version,summary,concerned,body)"
                   " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
        case Statement::update_case:
            return "UPDATE cases SET " PLAIN_COLUMNS " WHERE id=? AND seq=?";
        case Statement::update_case_due:
            return "UPDATE cases SET " PLAIN_COLUMNS ",next_due_ms=? WHERE id=? AND seq=?";
        case Statement::update_case_all:
            return "UPDATE cases SET " PLAIN_COLUMNS
                   ",next_due_ms=?,open=?,owner_post=?,enterprise_id=?,number=?"
                   " WHERE id=? AND seq=?";
        case Statement::add_history:
            return "INSERT INTO history(stream,seq,at_ms,body,prev_hash,hash)"
                   " VALUES(?,?,?,?,?,?)";
        case Statement::put_timer:
            return "INSERT INTO timers(kase,slot,at_ms,epoch,rung,repetition) VALUES(?,?,?,?,?,?)"
                   " ON CONFLICT(kase,slot) DO UPDATE SET at_ms=excluded.at_ms,"
                   "epoch=excluded.epoch,rung=excluded.rung,repetition=excluded.repetition";
        case Statement::erase_timer:
            return "DELETE FROM timers WHERE kase=? AND slot=?";
        case Statement::add_notice:
            return "INSERT INTO notices(id,key,kase,event,addressee,person,channel,address,"
                   "assignment,grade,exercise,urgent,at_ms,reason,seq,delivery,state,"
                   "delivered_at_ms,subject,sign_url,text,vars,pattern)"
                   " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
        case Statement::put_notice_state:
            return "UPDATE notices SET state=?,delivered_at_ms=? WHERE id=?";
        case Statement::add_delivery:
            return "INSERT INTO deliveries(id,kase,channel,address,state,attempts,next_at_ms,"
                   "sent_unknown,priority,since_ms,successor,head)"
                   " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?5='pending' AND NOT "
                   "EXISTS(SELECT 1 FROM deliveries WHERE kase=?2 AND channel=?3 AND address=?4"
                   " AND state IN ('pending','merged')))";
        case Statement::hurry_queue:
            return "UPDATE deliveries SET priority=?4 WHERE kase=?1 AND channel=?2 AND address=?3"
                   " AND state IN ('pending','merged') AND state='pending' AND priority<?4";
        case Statement::delivery_waits:
            return "UPDATE deliveries SET attempts=?,next_at_ms=?,sent_unknown=?,since_ms=?"
                   " WHERE id=? AND state='pending'";
        case Statement::delivery_ends:
            return "UPDATE deliveries SET "
                   "state=?,attempts=?,next_at_ms=?,sent_unknown=?,since_ms=?,"
                   "successor=?,head=0 WHERE id=?";
        case Statement::delivery_next_head:
            return "UPDATE deliveries SET head=1 WHERE state='pending' AND ord=(SELECT min(ord)"
                   " FROM deliveries WHERE kase=? AND channel=? AND address=?"
                   " AND state IN ('pending','merged'))";
        case Statement::add_attempt:
            return "INSERT INTO attempts(delivery,attempt,at_ms,outcome,code,provider_id,detail,"
                   "recipients) VALUES(?,?,?,?,?,?,?,?)";
        case Statement::put_figures:
            return "INSERT INTO figures(kase,filed_at_ms,last_at_ms,restricted,body)"
                   " VALUES(?,?,?,?,?) ON CONFLICT(kase) DO UPDATE SET"
                   " filed_at_ms=excluded.filed_at_ms,last_at_ms=excluded.last_at_ms,"
                   "restricted=excluded.restricted,body=excluded.body";
        case Statement::put_dead_letter:
            return "INSERT OR REPLACE INTO dead_letters(delivery,kase,at_ms,owner,told,tell_at_ms,"
                   "settled_at_ms,settled_by,how,note) VALUES(?,?,?,?,?,?,?,?,?,?)";
        case Statement::put_personal:
            return "INSERT INTO personal(ref,kase,field,cls,value,at_ms) VALUES(?,?,?,?,?,?)"
                   " ON CONFLICT(ref) DO UPDATE SET kase=excluded.kase,field=excluded.field,"
                   "cls=excluded.cls,value=excluded.value,at_ms=excluded.at_ms";
        case Statement::put_enterprise:
            return "INSERT INTO enterprises(id,uscc,name,name_key,confirmed,body)"
                   " VALUES(?,?,?,?,?,?) ON CONFLICT(id) DO UPDATE SET uscc=excluded.uscc,"
                   "name=excluded.name,name_key=excluded.name_key,confirmed=excluded.confirmed,"
                   "body=excluded.body";
        case Statement::put_account:
            return "INSERT INTO accounts(id,body) VALUES(?,?) ON CONFLICT(id)"
                   " DO UPDATE SET body=excluded.body";
        case Statement::put_answer:
            return "INSERT INTO answers(account,key,body_hash,status,location,etag,at_ms,body)"
                   " VALUES(?,?,?,?,?,?,?,?)";
        case Statement::drop_answers_before:
            return "DELETE FROM answers WHERE at_ms<?";
        case Statement::put_policy:
            return "INSERT INTO policies(id,text) VALUES(?,?) ON CONFLICT(id) DO NOTHING";
        case Statement::put_meta:
            return "INSERT INTO meta(key,value) VALUES(?,?)"
                   " ON CONFLICT(key) DO UPDATE SET value=excluded.value";
        case Statement::next_number:  // nobody asks for the number here
            return "INSERT INTO counters(series,last) VALUES(?,1)"
                   " ON CONFLICT(series) DO UPDATE SET last=last+1";
    }
    return "";
}

#undef PLAIN_COLUMNS

}  // namespace jinqiao::tests::bench

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>Acting</name>
    <message>
        <source>Published, and routed.</source>
        <translation>발행했고, 큐에 들어갔습니다.</translation>
    </message>
    <message>
        <source>Published, but no queue got it.</source>
        <translation>발행했지만, 받은 큐가 없습니다.</translation>
    </message>
    <message>
        <source>{0} ready messages are thrown away for good, on the real broker.</source>
        <translation>실제 브로커에서 준비 상태의 메시지 {0}개가 영구히 사라집니다.</translation>
    </message>
    <message>
        <source>{0} unacknowledged ones stay with their consumers.</source>
        <translation>확인 응답을 기다리는 {0}개는 소비자에게 남습니다.</translation>
    </message>
    <message>
        <source>Type the queue&apos;s name to confirm:</source>
        <translation>확인하려면 큐의 이름을 입력하세요:</translation>
    </message>
    <message>
        <source>Purge {0} messages</source>
        <translation>메시지 {0}개 비우기</translation>
    </message>
    <message>
        <source>Purge {0}?</source>
        <translation>{0} 큐를 비울까요?</translation>
    </message>
    <message>
        <source>The broker closes this connection. A client that reconnects by itself comes back.</source>
        <translation>브로커가 이 연결을 닫습니다. 스스로 다시 연결하는 클라이언트는 돌아옵니다.</translation>
    </message>
    <message>
        <source>{0} consumers are on it, and all of them go.</source>
        <translation>이 연결에 소비자 {0}개가 있으며, 모두 끊깁니다.</translation>
    </message>
    <message>
        <source>{0} unacknowledged messages go back to their queues and are delivered again.</source>
        <translation>미확인 메시지 {0}개가 큐로 돌아가 다시 전달됩니다.</translation>
    </message>
    <message>
        <source>Close the connection of {0}?</source>
        <translation>{0}의 연결을 닫을까요?</translation>
    </message>
    <message>
        <source>Close connection</source>
        <translation>연결 닫기</translation>
    </message>
    <message>
        <source>Purged: {0} messages are gone.</source>
        <translation>큐를 비웠습니다. 메시지 {0}개가 사라졌습니다.</translation>
    </message>
    <message>
        <source>The connection is closed: {0}</source>
        <translation>연결을 닫았습니다: {0}</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>했습니다.</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>End all faults</source>
        <translation>모든 장애 끝내기</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>About mqviz</source>
        <translation>mqviz 정보</translation>
    </message>
    <message>
        <source>Open scenario…</source>
        <translation>시나리오 열기…</translation>
    </message>
    <message>
        <source>Open beside…</source>
        <translation>나란히 열기…</translation>
    </message>
    <message>
        <source>Import RabbitMQ definitions…</source>
        <translation>RabbitMQ 정의 가져오기…</translation>
    </message>
    <message>
        <source>AMQP port…</source>
        <translation>AMQP 포트…</translation>
    </message>
    <message>
        <source>Connect to RabbitMQ…</source>
        <translation>RabbitMQ에 연결…</translation>
    </message>
    <message>
        <source>Connect to RabbitMQ beside…</source>
        <translation>옆에 RabbitMQ 연결…</translation>
    </message>
    <message>
        <source>Clone into the simulator</source>
        <translation>시뮬레이터로 복제</translation>
    </message>
    <message>
        <source>Save scenario</source>
        <translation>시나리오 저장</translation>
    </message>
    <message>
        <source>Save scenario as…</source>
        <translation>다른 이름으로 시나리오 저장…</translation>
    </message>
    <message>
        <source>Export RabbitMQ definitions…</source>
        <translation>RabbitMQ 정의 내보내기…</translation>
    </message>
    <message>
        <source>Save result as JSON…</source>
        <translation>결과를 JSON으로 저장…</translation>
    </message>
    <message>
        <source>Save report as HTML…</source>
        <translation>보고서를 HTML로 저장…</translation>
    </message>
    <message>
        <source>Save series as CSV…</source>
        <translation>시계열을 CSV로 저장…</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>그림 저장…</translation>
    </message>
    <message>
        <source>Close this side</source>
        <translation>이쪽 닫기</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>끝내기</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>그림 복사</translation>
    </message>
    <message>
        <source>Restart the run</source>
        <translation>처음부터 다시 시작</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>재생 / 일시 정지</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>한 단계 진행</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>빠르게</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>느리게</translation>
    </message>
    <message>
        <source>Run on RabbitMQ beside…</source>
        <translation>옆에서 RabbitMQ로 실행…</translation>
    </message>
    <message>
        <source>Compare the two runs</source>
        <translation>두 실행 비교</translation>
    </message>
    <message>
        <source>Where would a message go?…</source>
        <translation>메시지는 어디로 갈까?…</translation>
    </message>
    <message>
        <source>Next scenario</source>
        <translation>다음 시나리오</translation>
    </message>
    <message>
        <source>Fit the picture</source>
        <translation>전체 보기</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>Find a scenario</source>
        <translation>시나리오 찾기</translation>
    </message>
    <message>
        <source>Colour messages by state</source>
        <translation>메시지 색: 상태별</translation>
    </message>
    <message>
        <source>Colour messages by kind</source>
        <translation>메시지 색: 종류별</translation>
    </message>
    <message>
        <source>Colour messages by priority</source>
        <translation>메시지 색: 우선순위별</translation>
    </message>
    <message>
        <source>Reduced motion</source>
        <translation>움직임 줄이기</translation>
    </message>
    <message>
        <source>Same as system</source>
        <translation>시스템 설정 따르기</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Movable panels</source>
        <translation>패널 이동 허용</translation>
    </message>
    <message>
        <source>Reset panels</source>
        <translation>패널 배치 초기화</translation>
    </message>
</context>
<context>
    <name>CardWords</name>
    <message>
        <source>awaits confirms</source>
        <translation>발행 확인 대기</translation>
    </message>
    <message>
        <source>flow control</source>
        <translation>흐름 제어</translation>
    </message>
    <message>
        <source>{0} msg/s</source>
        <translation>{0}건/초</translation>
    </message>
    <message>
        <source>{0} calls/s</source>
        <translation>호출 {0}건/초</translation>
    </message>
    <message>
        <source>{0} ack/s</source>
        <translation>ack {0}/초</translation>
    </message>
    <message>
        <source>{0}/s</source>
        <translation>{0}/초</translation>
    </message>
    <message>
        <source>{0} waiting</source>
        <translation>{0}건 기다림</translation>
    </message>
    <message>
        <source>awaits an answer</source>
        <translation>응답 대기</translation>
    </message>
    <message>
        <source>oldest {0}</source>
        <translation>최고령 {0}</translation>
    </message>
    <message>
        <source>full in {0}</source>
        <translation>{0} 뒤 가득 참</translation>
    </message>
    <message>
        <source>empty in {0}</source>
        <translation>{0} 뒤 빔</translation>
    </message>
    <message>
        <source>no consumer</source>
        <translation>소비자 없음</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>비어 있음</translation>
    </message>
    <message>
        <source>near its limit</source>
        <translation>한도에 가까움</translation>
    </message>
    <message>
        <source>unroutable {0}/s</source>
        <translation>갈 곳 없음 {0}/초</translation>
    </message>
    <message>
        <source>refused {0}/s</source>
        <translation>거절 {0}/초</translation>
    </message>
    <message>
        <source>timed out {0}/s</source>
        <translation>시간 초과 {0}/초</translation>
    </message>
    <message>
        <source>invalid {0}/s</source>
        <translation>변환 불가 {0}/초</translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <comment>how many members are killed, slow ...</comment>
        <translation>{1} {0}</translation>
    </message>
    <message>
        <source>busy</source>
        <translation>작업 중</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>대기</translation>
    </message>
    <message>
        <source>any</source>
        <translation>모두</translation>
    </message>
    <message>
        <source>Producers</source>
        <translation>생산자</translation>
    </message>
    <message>
        <source>Exchanges</source>
        <translation>교환기</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>큐</translation>
    </message>
    <message>
        <source>Consumers</source>
        <translation>소비자</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>서비스</translation>
    </message>
    <message>
        <source>Translators</source>
        <translation>변환기</translation>
    </message>
    <message>
        <source>Broker down</source>
        <translation>브로커 중단</translation>
    </message>
    <message>
        <source>Broker restarting</source>
        <translation>브로커 재시작 중</translation>
    </message>
    <message>
        <source>Memory alarm: publishers are blocked</source>
        <translation>메모리 경보: 발행자가 막혀 있음</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>거부</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>만료</translation>
    </message>
    <message>
        <source>queue full</source>
        <translation>큐 가득 참</translation>
    </message>
    <message>
        <source>after {0} tries</source>
        <translation>{0}회 시도 후</translation>
    </message>
</context>
<context>
    <name>ChartAxes</name>
    <message>
        <source>{0} s</source>
        <translation>{0}초</translation>
    </message>
</context>
<context>
    <name>ChartMenu</name>
    <message>
        <source>Seconds before now</source>
        <translation>지금부터 몇 초 전</translation>
    </message>
    <message>
        <source>Virtual time</source>
        <translation>가상 시간</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>그림 복사</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>그림 저장…</translation>
    </message>
    <message>
        <source>Save curves as CSV…</source>
        <translation>그래프를 CSV로 저장…</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>그림 저장</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG 그림 (*.png)</translation>
    </message>
    <message>
        <source>Save curves</source>
        <translation>그래프 저장</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>표 (*.csv)</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>저장하지 못함</translation>
    </message>
    <message>
        <source>{0} cannot be written.</source>
        <translation>{0}에 쓸 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>ChartPanel</name>
    <message>
        <source>Curves</source>
        <translation>그래프</translation>
    </message>
    <message>
        <source>More</source>
        <translation>더 보기</translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation>지금으로</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>No data yet</source>
        <translation>아직 데이터가 없습니다</translation>
    </message>
    <message>
        <source>Curves appear here as soon as the run begins.</source>
        <translation>실행을 시작하면 여기에 그래프가 나타납니다.</translation>
    </message>
    <message>
        <source>30 s</source>
        <translation>30초</translation>
    </message>
    <message>
        <source>2 min</source>
        <translation>2분</translation>
    </message>
    <message>
        <source>10 min</source>
        <translation>10분</translation>
    </message>
    <message>
        <source>All</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Time shown</source>
        <translation>표시 기간</translation>
    </message>
</context>
<context>
    <name>ChartWords</name>
    <message>
        <source>Rates</source>
        <translation>처리량</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>큐 길이</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>지연</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>all services</source>
        <translation>모든 서비스</translation>
    </message>
    <message>
        <source>all queues</source>
        <translation>모든 큐</translation>
    </message>
    <message>
        <source>all of the broker</source>
        <translation>브로커 전체</translation>
    </message>
    <message>
        <source>{0} · requests/s</source>
        <translation>{0} · 요청/초</translation>
    </message>
    <message>
        <source>{0} · msg/s</source>
        <translation>{0} · 건/초</translation>
    </message>
    <message>
        <source>requests</source>
        <translation>요청</translation>
    </message>
    <message>
        <source>messages</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>end to end</source>
        <translation>도착부터 완료까지</translation>
    </message>
    <message>
        <source>per second</source>
        <translation>초당</translation>
    </message>
    <message>
        <source>In</source>
        <translation>유입</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>유출</translation>
    </message>
    <message>
        <source>Deliver</source>
        <translation>전달</translation>
    </message>
    <message>
        <source>Ack</source>
        <translation>확인 응답</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>발행</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>발행 확인</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>대기</translation>
    </message>
    <message>
        <source>Unacked</source>
        <translation>미확인</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>기다림</translation>
    </message>
    <message>
        <source>At work</source>
        <translation>작업 중</translation>
    </message>
    <message>
        <source>Unconf.</source>
        <translation>발행 미확인</translation>
    </message>
    <message>
        <source>Redel.</source>
        <translation>재전달</translation>
    </message>
    <message>
        <source>Dead</source>
        <translation>데드 레터</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>버림</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>호출</translation>
    </message>
    <message>
        <source>Unroutable</source>
        <translation>갈 곳 없음</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>반송</translation>
    </message>
    <message>
        <source>Nack</source>
        <translation>nack</translation>
    </message>
    <message>
        <source>Timeout</source>
        <translation>시간 초과</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>거절</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Invalid</source>
        <translation>변환 불가</translation>
    </message>
    <message>
        <source>Publisher confirm</source>
        <translation>발행자 확인</translation>
    </message>
    <message>
        <source>Publish (in)</source>
        <translation>발행 (수신)</translation>
    </message>
    <message>
        <source>Publish (out)</source>
        <translation>발행 (송신)</translation>
    </message>
    <message>
        <source>Deliver (manual)</source>
        <translation>전달 (수동 ack)</translation>
    </message>
    <message>
        <source>Deliver (auto)</source>
        <translation>전달 (자동 ack)</translation>
    </message>
    <message>
        <source>Consumer ack</source>
        <translation>소비자 ack</translation>
    </message>
    <message>
        <source>Redelivered</source>
        <translation>재전달</translation>
    </message>
    <message>
        <source>Get (manual)</source>
        <translation>Get (수동 ack)</translation>
    </message>
    <message>
        <source>Get (auto)</source>
        <translation>Get (자동 ack)</translation>
    </message>
    <message>
        <source>Get (empty)</source>
        <translation>Get (빈 큐)</translation>
    </message>
    <message>
        <source>Unroutable return</source>
        <translation>갈 곳 없음: 반송</translation>
    </message>
    <message>
        <source>Unroutable drop</source>
        <translation>갈 곳 없음: 버림</translation>
    </message>
    <message>
        <source>Messages or requests that came in, per second</source>
        <translation>초당 들어온 메시지 또는 요청</translation>
    </message>
    <message>
        <source>Copies that went out, per second</source>
        <translation>초당 나간 사본</translation>
    </message>
    <message>
        <source>Deliveries to consumers, per second</source>
        <translation>초당 소비자에게 전달한 수</translation>
    </message>
    <message>
        <source>Acknowledgements, per second</source>
        <translation>초당 확인 응답(ack)</translation>
    </message>
    <message>
        <source>Messages published, per second</source>
        <translation>초당 발행한 메시지</translation>
    </message>
    <message>
        <source>Messages that the broker confirmed, per second</source>
        <translation>초당 브로커가 발행을 확인(confirm)한 메시지</translation>
    </message>
    <message>
        <source>Work finished, per second</source>
        <translation>초당 끝낸 작업</translation>
    </message>
    <message>
        <source>Messages in the queue that wait for a consumer</source>
        <translation>큐에서 소비자를 기다리는 메시지(ready)</translation>
    </message>
    <message>
        <source>Messages delivered and not yet acknowledged, on top of the ready ones</source>
        <translation>전달했지만 아직 확인 응답이 없는 메시지(unacked). 대기 메시지 위에 쌓아 그림</translation>
    </message>
    <message>
        <source>What waits for its turn</source>
        <translation>차례를 기다리는 것</translation>
    </message>
    <message>
        <source>Requests that workers are busy with</source>
        <translation>작업자가 처리하고 있는 요청</translation>
    </message>
    <message>
        <source>Published messages whose confirm has not come yet</source>
        <translation>발행했지만 아직 발행 확인(confirm)이 오지 않은 메시지</translation>
    </message>
    <message>
        <source>Half of the messages were faster, from arrival to the end of the work</source>
        <translation>메시지의 절반은 이보다 빨랐음(도착부터 작업 끝까지)</translation>
    </message>
    <message>
        <source>95 % were faster, from arrival to the end of the work</source>
        <translation>95 %는 이보다 빨랐음(도착부터 작업 끝까지)</translation>
    </message>
    <message>
        <source>99 % were faster, from arrival to the end of the work</source>
        <translation>99 %는 이보다 빨랐음(도착부터 작업 끝까지)</translation>
    </message>
    <message>
        <source>Messages that came in from clients, per second</source>
        <translation>클라이언트에서 들어온 초당 메시지</translation>
    </message>
    <message>
        <source>Confirms to publishers, per second</source>
        <translation>발행자에게 보낸 초당 확인</translation>
    </message>
    <message>
        <source>Messages from clients into exchanges, per second</source>
        <translation>클라이언트에서 교환기로 들어간 초당 메시지</translation>
    </message>
    <message>
        <source>Messages from exchanges into queues, per second</source>
        <translation>교환기에서 큐로 들어간 초당 메시지</translation>
    </message>
    <message>
        <source>Deliveries to consumers that acknowledge by hand, per second</source>
        <translation>수동으로 확인 응답하는 소비자에게 초당 전달</translation>
    </message>
    <message>
        <source>Deliveries to consumers that acknowledge automatically, per second</source>
        <translation>자동으로 확인 응답하는 소비자에게 초당 전달</translation>
    </message>
    <message>
        <source>Acknowledgements of consumers, per second</source>
        <translation>소비자의 초당 확인 응답</translation>
    </message>
    <message>
        <source>Deliveries of messages that had been delivered before, per second</source>
        <translation>이미 전달된 적이 있는 메시지의 초당 전달</translation>
    </message>
    <message>
        <source>Messages fetched one by one and acknowledged by hand, per second</source>
        <translation>하나씩 가져가 수동으로 확인 응답한 초당 메시지</translation>
    </message>
    <message>
        <source>Messages fetched one by one and acknowledged automatically, per second</source>
        <translation>하나씩 가져가 자동으로 확인 응답한 초당 메시지</translation>
    </message>
    <message>
        <source>Fetches from an empty queue, per second</source>
        <translation>빈 큐에서 가져가려 한 초당 횟수</translation>
    </message>
    <message>
        <source>Mandatory messages sent back since they matched no binding, per second</source>
        <translation>맞는 바인딩이 없어 되돌려 보낸 초당 mandatory 메시지</translation>
    </message>
    <message>
        <source>Messages thrown away since they matched no binding, per second</source>
        <translation>맞는 바인딩이 없어 버린 초당 메시지</translation>
    </message>
    <message>
        <source>Deliveries of messages that had been delivered before</source>
        <translation>전에 전달한 적이 있는 메시지를 다시 전달한 수</translation>
    </message>
    <message>
        <source>Messages that went to a dead-letter exchange</source>
        <translation>데드 레터 교환기로 간 메시지</translation>
    </message>
    <message>
        <source>Messages thrown away: dropped, refused, expired, rejected or lost</source>
        <translation>없어진 메시지: 버림, 거절, 만료, 거부, 유실</translation>
    </message>
    <message>
        <source>Direct calls that were refused, timed out or failed</source>
        <translation>거절되거나 시간 초과되거나 실패한 직접 호출</translation>
    </message>
    <message>
        <source>Messages that matched no binding</source>
        <translation>맞는 바인딩이 없는 메시지</translation>
    </message>
    <message>
        <source>Mandatory messages that came back unroutable</source>
        <translation>갈 곳이 없어 되돌아온 mandatory 메시지</translation>
    </message>
    <message>
        <source>Messages that the broker did not take</source>
        <translation>브로커가 받지 않은 메시지(nack)</translation>
    </message>
    <message>
        <source>Requests whose answer came too late</source>
        <translation>응답이 너무 늦은 요청</translation>
    </message>
    <message>
        <source>Requests for which there was no place to wait</source>
        <translation>대기 자리가 없어 거절된 요청</translation>
    </message>
    <message>
        <source>Requests that failed</source>
        <translation>실패한 요청</translation>
    </message>
    <message>
        <source>Messages that could not be translated</source>
        <translation>변환하지 못한 메시지</translation>
    </message>
    <message>
        <source>{0} · {1}</source>
        <translation>{0} · {1}</translation>
    </message>
    <message>
        <source>Spike +{0}</source>
        <translation>급증 +{0}</translation>
    </message>
    <message>
        <source>Spike</source>
        <translation>급증</translation>
    </message>
    <message>
        <source>Cut {0}</source>
        <translation>{0} 단절</translation>
    </message>
    <message>
        <source>Spike ×{factor}</source>
        <translation>급증 ×{factor}</translation>
    </message>
    <message>
        <source>Kill {target}</source>
        <translation>{target} 강제 종료</translation>
    </message>
    <message>
        <source>Stop {target}</source>
        <translation>{target} 정상 종료</translation>
    </message>
    <message>
        <source>{target} hangs</source>
        <translation>{target} 응답 없음</translation>
    </message>
    <message>
        <source>Slow {target} ×{factor}</source>
        <translation>{target} ×{factor} 느려짐</translation>
    </message>
    <message>
        <source>{target} fails {share} %</source>
        <translation>{target} 작업 {share} % 실패</translation>
    </message>
    <message>
        <source>Poison message</source>
        <translation>포이즌 메시지</translation>
    </message>
    <message>
        <source>Delay +{delay}</source>
        <translation>지연 +{delay}</translation>
    </message>
    <message>
        <source>Network cut</source>
        <translation>네트워크 단절</translation>
    </message>
    <message>
        <source>Broker restart</source>
        <translation>브로커 재시작</translation>
    </message>
    <message>
        <source>Broker down</source>
        <translation>브로커 중단</translation>
    </message>
    <message>
        <source>Memory alarm</source>
        <translation>메모리 경보</translation>
    </message>
    <message>
        <source>Purge {target}</source>
        <translation>{target} 비움</translation>
    </message>
    <message>
        <source>{0} · in effect</source>
        <translation>{0} · 진행 중</translation>
    </message>
    <message>
        <source>now</source>
        <translation>지금</translation>
    </message>
    <message>
        <source>nothing failed in this time</source>
        <translation>이 기간에는 실패 없음</translation>
    </message>
    <message>
        <source>theory</source>
        <translation>이론</translation>
    </message>
    <message>
        <source>mean / max</source>
        <translation>평균 / 최대</translation>
    </message>
    <message>
        <source>{0} faults</source>
        <translation>장애 {0}건</translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message>
        <source>Comparison</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>수치</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>차이</translation>
    </message>
    <message>
        <source>Simulated</source>
        <translation>시뮬레이션</translation>
    </message>
    <message>
        <source>Asked for {0} messages, made {1}; our clients kept up.</source>
        <translation>메시지 {0}개를 요청받아 {1}개를 만들었고, 클라이언트가 밀리지 않았습니다.</translation>
    </message>
    <message>
        <source>Our clients could not keep up (up to {0} s behind): do not trust the times.</source>
        <translation>클라이언트가 따라가지 못했습니다(최대 {0}초 밀림). 시간 수치를 믿지 마세요.</translation>
    </message>
</context>
<context>
    <name>ConnectDialog</name>
    <message>
        <source>Connect to RabbitMQ</source>
        <translation>RabbitMQ에 연결</translation>
    </message>
    <message>
        <source>Saved connections</source>
        <translation>저장된 연결</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Save this connection</source>
        <translation>이 연결 저장</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>시험</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Connect beside</source>
        <translation>옆에 연결</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>연결</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>저장됨</translation>
    </message>
    <message>
        <source>Test shows step by step what works and what does not. Nothing is changed on the broker.</source>
        <translation>시험은 무엇이 되고 무엇이 안 되는지 단계별로 보여 줍니다. 브로커에서는 아무것도 바뀌지 않습니다.</translation>
    </message>
    <message>
        <source>Result of the test</source>
        <translation>시험 결과</translation>
    </message>
    <message>
        <source>New connection</source>
        <translation>새 연결</translation>
    </message>
</context>
<context>
    <name>ConnectForm</name>
    <message>
        <source>without management: names, separated by commas</source>
        <translation>관리 없이: 쉼표로 나눈 이름</translation>
    </message>
    <message>
        <source>Keep it in the system&apos;s keyring</source>
        <translation>시스템 키링에 보관</translation>
    </message>
    <message>
        <source>Time to connect</source>
        <translation>연결 제한 시간</translation>
    </message>
    <message>
        <source>s</source>
        <translation>초</translation>
    </message>
    <message>
        <source>Time to answer</source>
        <translation>응답 제한 시간</translation>
    </message>
    <message>
        <source>as the list shall call it</source>
        <translation>목록에 보일 이름</translation>
    </message>
    <message>
        <source>none: AMQP only</source>
        <translation>없음: AMQP만</translation>
    </message>
    <message>
        <source>A whole address with user, password and virtual host may be pasted here.</source>
        <translation>사용자, 비밀번호, 가상 호스트가 모두 든 주소를 붙여 넣어도 됩니다.</translation>
    </message>
    <message>
        <source>This system has no keyring. The password is not kept anywhere.</source>
        <translation>이 시스템에는 키링이 없습니다. 비밀번호는 어디에도 보관되지 않습니다.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>AMQP address</source>
        <translation>AMQP 주소</translation>
    </message>
    <message>
        <source>Management</source>
        <translation>관리 주소</translation>
    </message>
    <message>
        <source>Virtual host</source>
        <translation>가상 호스트</translation>
    </message>
    <message>
        <source>User</source>
        <translation>사용자</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>비밀번호</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>큐</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>조회 간격</translation>
    </message>
    <message>
        <source>Write it as {0}</source>
        <translation>{0} 형식으로 쓰세요</translation>
    </message>
</context>
<context>
    <name>ConversationHead</name>
    <message>
        <source>Client</source>
        <translation>클라이언트</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>채널</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Heartbeats</source>
        <translation>하트비트</translation>
    </message>
    <message>
        <source>Hold the view still</source>
        <translation>화면 멈추기</translation>
    </message>
    <message>
        <source>Begin the run again and listen from the first word</source>
        <translation>처음부터 다시 실행하며 첫 마디부터 듣기</translation>
    </message>
    <message>
        <source>Copy the chosen frames, or all</source>
        <translation>고른 프레임 복사 (고르지 않으면 모두)</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>듣지 않음</translation>
    </message>
    <message>
        <source>All channels</source>
        <translation>모든 채널</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>모든 클래스</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속하기</translation>
    </message>
    <message>
        <source>{0} newer</source>
        <translation>새 프레임 {0}개</translation>
    </message>
    <message>
        <source>Channel {0}</source>
        <translation>채널 {0}</translation>
    </message>
</context>
<context>
    <name>ConversationModel</name>
    <message>
        <source>{0} frames more passed here, too fast to be shown</source>
        <translation>여기서 프레임 {0}개가 더 지나갔습니다. 너무 빨라 보이지 않습니다</translation>
    </message>
</context>
<context>
    <name>ConversationPanel</name>
    <message>
        <source>Frames</source>
        <translation>프레임</translation>
    </message>
    <message>
        <source>Latest</source>
        <translation>최신</translation>
    </message>
    <message>
        <source>Listen to {0}</source>
        <translation>{0} 듣기</translation>
    </message>
    <message>
        <source>No frames of this broker</source>
        <translation>이 브로커의 프레임은 볼 수 없습니다</translation>
    </message>
    <message>
        <source>A live broker does not tell what its clients say.</source>
        <translation>실제 브로커는 클라이언트가 하는 말을 알려 주지 않습니다.</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>연결 없음</translation>
    </message>
    <message>
        <source>This client does not talk to the broker.</source>
        <translation>이 클라이언트는 브로커와 통신하지 않습니다.</translation>
    </message>
    <message>
        <source>Nothing was said yet</source>
        <translation>아직 오간 말이 없습니다</translation>
    </message>
    <message>
        <source>Or nothing that you want to see: look at the filters.</source>
        <translation>또는 보려는 것이 없습니다. 필터를 확인하세요.</translation>
    </message>
    <message>
        <source>Choose a client and read along: every frame between it and the broker, in words and in bytes.</source>
        <translation>클라이언트를 골라 브로커와 주고받는 모든 프레임을 글과 바이트로 읽어 보세요.</translation>
    </message>
    <message>
        <source>Listen to a conversation</source>
        <translation>대화 듣기</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>About mqviz</source>
        <translation>mqviz 정보</translation>
    </message>
    <message>
        <source>Version {0} — a laboratory for message queues</source>
        <translation>버전 {0} — 메시지 큐 실험실</translation>
    </message>
    <message>
        <source>What has changed</source>
        <translation>달라진 점</translation>
    </message>
    <message>
        <source>Fonts: Inter and Pretendard, under the SIL Open Font License. Window: Qt for Python, under the LGPL.</source>
        <translation>글꼴: Inter, Pretendard(SIL 오픈 폰트 라이선스). 창: Qt for Python(LGPL).</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>쪽</translation>
    </message>
</context>
<context>
    <name>EventLogPanel</name>
    <message>
        <source>Find an event</source>
        <translation>이벤트 찾기</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>이벤트</translation>
    </message>
    <message>
        <source>Copy the chosen events, or all</source>
        <translation>고른 이벤트 복사(고르지 않으면 모두)</translation>
    </message>
    <message>
        <source>Save the events…</source>
        <translation>이벤트 저장…</translation>
    </message>
    <message>
        <source>Latest</source>
        <translation>최신으로</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{1}개 중 {0}개</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>찾은 것이 없습니다</translation>
    </message>
    <message>
        <source>Nothing has happened yet</source>
        <translation>아직 아무 일도 없습니다</translation>
    </message>
    <message>
        <source>No event has these words.</source>
        <translation>이 말이 들어 있는 이벤트가 없습니다.</translation>
    </message>
    <message>
        <source>Faults, changes and lost connections are listed here.</source>
        <translation>장애, 변경, 끊긴 연결이 여기에 나열됩니다.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Table (*.csv);;Text (*.txt)</source>
        <translation>표 (*.csv);;텍스트 (*.txt)</translation>
    </message>
    <message>
        <source>Save the events</source>
        <translation>이벤트 저장</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>저장하지 못함</translation>
    </message>
    <message>
        <source>{0} cannot be written.</source>
        <translation>{0}에 쓸 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>EventWords</name>
    <message>
        <source>crash</source>
        <translation>비정상 종료</translation>
    </message>
    <message>
        <source>low on memory</source>
        <translation>메모리 부족</translation>
    </message>
    <message>
        <source>The run begins</source>
        <translation>실행 시작</translation>
    </message>
    <message>
        <source>The run has ended</source>
        <translation>실행 끝</translation>
    </message>
    <message>
        <source>Fault: {fault}</source>
        <translation>장애: {fault}</translation>
    </message>
    <message>
        <source>Ended: {fault}</source>
        <translation>끝남: {fault}</translation>
    </message>
    <message>
        <source>Changed: {who}</source>
        <translation>변경: {who}</translation>
    </message>
    <message>
        <source>{who} lost its connection</source>
        <translation>{who}: 연결 끊김</translation>
    </message>
    <message>
        <source>{who} is connected</source>
        <translation>{who}: 연결됨</translation>
    </message>
    <message>
        <source>The broker closed the channel of {who}: {why}</source>
        <translation>브로커가 {who}의 채널을 닫음: {why}</translation>
    </message>
    <message>
        <source>The subscription of {who} was cancelled</source>
        <translation>{who}의 구독이 취소됨</translation>
    </message>
    <message>
        <source>{who} is blocked by the broker: {why}</source>
        <translation>브로커가 {who}의 발행을 막음: {why}</translation>
    </message>
    <message>
        <source>{who} may publish again</source>
        <translation>{who}: 다시 발행 가능</translation>
    </message>
    <message>
        <source>Memory alarm: publishers are blocked</source>
        <translation>메모리 경보: 발행자가 막혀 있음</translation>
    </message>
    <message>
        <source>The memory alarm is over</source>
        <translation>메모리 경보 해제</translation>
    </message>
    <message>
        <source>The broker is down</source>
        <translation>브로커가 내려감</translation>
    </message>
    <message>
        <source>The broker is up again</source>
        <translation>브로커가 다시 올라옴</translation>
    </message>
    <message>
        <source>{count} transient messages were lost with the broker</source>
        <translation>브로커와 함께 임시 메시지 {count}개 유실</translation>
    </message>
    <message>
        <source>Queue {who} was declared</source>
        <translation>큐 {who} 선언됨</translation>
    </message>
    <message>
        <source>Queue {who} was deleted</source>
        <translation>큐 {who} 삭제됨</translation>
    </message>
    <message>
        <source>Refused: {who}</source>
        <translation>거절됨: {who}</translation>
    </message>
    <message>
        <source>External client {who} is connected</source>
        <translation>외부 클라이언트 {who}이(가) 연결됨</translation>
    </message>
    <message>
        <source>External client {who} has left</source>
        <translation>외부 클라이언트 {who}이(가) 떠남</translation>
    </message>
    <message>
        <source>External client {who} lost its connection: {why}</source>
        <translation>외부 클라이언트 {who}의 연결이 끊김: {why}</translation>
    </message>
    <message>
        <source>External client {who} was sent away: {why}</source>
        <translation>외부 클라이언트 {who}을(를) 내보냄: {why}</translation>
    </message>
    <message>
        <source>External client {who} was not let in: {why}</source>
        <translation>외부 클라이언트 {who}을(를) 들이지 않음: {why}</translation>
    </message>
    <message>
        <source>The live broker is in sight</source>
        <translation>실제 브로커가 보입니다</translation>
    </message>
    <message>
        <source>The live broker is out of sight: {why}</source>
        <translation>실제 브로커가 보이지 않습니다: {why}</translation>
    </message>
    <message>
        <source>Queue {who} was purged</source>
        <translation>큐 {who}을(를) 비웠습니다</translation>
    </message>
    <message>
        <source>A message was published to {who}</source>
        <translation>{who}에 메시지를 발행했습니다</translation>
    </message>
</context>
<context>
    <name>ExperimentWiring</name>
    <message>
        <source>Choose the simulated side first: its scenario is what runs on RabbitMQ.</source>
        <translation>먼저 시뮬레이션 쪽을 고르세요. 그 시나리오를 RabbitMQ에서 실행합니다.</translation>
    </message>
    <message>
        <source>Run on RabbitMQ</source>
        <translation>RabbitMQ에서 실행</translation>
    </message>
    <message>
        <source>Run there</source>
        <translation>그곳에서 실행</translation>
    </message>
    <message>
        <source>Run on RabbitMQ?</source>
        <translation>RabbitMQ에서 실행할까요?</translation>
    </message>
    <message>
        <source>On RabbitMQ: {0}</source>
        <translation>RabbitMQ에서: {0}</translation>
    </message>
    <message>
        <source>There is only one run to be seen: open another beside it.</source>
        <translation>보이는 실행이 하나뿐입니다. 옆에 하나 더 여세요.</translation>
    </message>
</context>
<context>
    <name>ExperimentWords</name>
    <message>
        <source>{0} is not on this machine. About {1} messages would be published there, at most {2} a second.</source>
        <translation>{0}은(는) 이 컴퓨터에 있지 않습니다. 그곳에 메시지 약 {1}개를 초당 최대 {2}개씩 발행합니다.</translation>
    </message>
    <message>
        <source>What cannot be done on a broker that is not ours is left out:</source>
        <translation>우리 것이 아닌 브로커에서 할 수 없는 것은 뺍니다:</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>외 {0}개</translation>
    </message>
    <message>
        <source>What earlier runs that broke off have left there is removed first ({0}).</source>
        <translation>중단된 이전 실행이 그곳에 남긴 것({0})은 먼저 지웁니다.</translation>
    </message>
    <message>
        <source>Everything that is declared is removed afterwards.</source>
        <translation>선언한 것은 끝나면 모두 지웁니다.</translation>
    </message>
    <message>
        <source>setting of the broker: {0}</source>
        <translation>브로커 설정: {0}</translation>
    </message>
    <message>
        <source>change of {0}</source>
        <translation>{0} 변경</translation>
    </message>
    <message>
        <source>policy {0}</source>
        <translation>정책 {0}</translation>
    </message>
    <message>
        <source>{0}, at {1}</source>
        <translation>{0}, {1}에</translation>
    </message>
    <message>
        <source>It would publish more than {0} messages, which is the limit for this broker.</source>
        <translation>이 브로커의 한도인 메시지 {0}개보다 많이 발행하게 됩니다.</translation>
    </message>
    <message>
        <source>ran for</source>
        <translation>실행 시간</translation>
    </message>
    <message>
        <source>work finished</source>
        <translation>끝낸 작업</translation>
    </message>
    <message>
        <source>finished again</source>
        <translation>다시 끝낸 작업</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>발행 확인됨</translation>
    </message>
    <message>
        <source>redelivered</source>
        <translation>재전달</translation>
    </message>
    <message>
        <source>published a second</source>
        <translation>초당 발행</translation>
    </message>
    <message>
        <source>delivered a second</source>
        <translation>초당 전달</translation>
    </message>
    <message>
        <source>latency p50</source>
        <translation>지연 p50</translation>
    </message>
    <message>
        <source>latency p95</source>
        <translation>지연 p95</translation>
    </message>
    <message>
        <source>latency p99</source>
        <translation>지연 p99</translation>
    </message>
    <message>
        <source>drained at</source>
        <translation>다 비운 때</translation>
    </message>
    <message>
        <source>greatest depth</source>
        <translation>최대 깊이</translation>
    </message>
    <message>
        <source>mean depth</source>
        <translation>평균 깊이</translation>
    </message>
    <message>
        <source>wait p95</source>
        <translation>대기 p95</translation>
    </message>
</context>
<context>
    <name>FaultButton</name>
    <message>
        <source>in effect</source>
        <translation>진행 중</translation>
    </message>
    <message>
        <source>choose its target</source>
        <translation>대상을 고르십시오</translation>
    </message>
</context>
<context>
    <name>FieldRows</name>
    <message>
        <source>Fields</source>
        <translation>필드</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>Open scenario</source>
        <translation>시나리오 열기</translation>
    </message>
    <message>
        <source>{0} cannot be opened</source>
        <translation>{0}을(를) 열 수 없습니다</translation>
    </message>
    <message>
        <source>Import RabbitMQ definitions</source>
        <translation>RabbitMQ 정의 가져오기</translation>
    </message>
    <message>
        <source>RabbitMQ definitions (*.json)</source>
        <translation>RabbitMQ 정의 (*.json)</translation>
    </message>
    <message>
        <source>{0}: some of it has no place in a scenario and is left out</source>
        <translation>{0}: 시나리오에 담을 수 없는 일부를 뺐습니다</translation>
    </message>
    <message>
        <source>Save scenario</source>
        <translation>시나리오 저장</translation>
    </message>
    <message>
        <source>Save result</source>
        <translation>결과 저장</translation>
    </message>
    <message>
        <source>Export RabbitMQ definitions</source>
        <translation>RabbitMQ 정의 내보내기</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>그림 저장</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>그림 (*.png)</translation>
    </message>
    <message>
        <source>The picture is on the clipboard.</source>
        <translation>그림을 클립보드에 복사했습니다.</translation>
    </message>
    <message>
        <source>{0} was not saved</source>
        <translation>{0}을(를) 저장하지 못했습니다</translation>
    </message>
    <message>
        <source>Saved as {0}</source>
        <translation>{0}(으)로 저장했습니다</translation>
    </message>
    <message>
        <source>Scenarios (*.toml);;RabbitMQ definitions (*.json);;All files (*)</source>
        <translation>시나리오 (*.toml);;RabbitMQ 정의 (*.json);;모든 파일 (*)</translation>
    </message>
    <message>
        <source>… and {0} more</source>
        <translation>… 외 {0}개</translation>
    </message>
</context>
<context>
    <name>FindingWords</name>
    <message>
        <source>A fault made it wait: {0}.</source>
        <translation>장애 때문에 쌓였습니다: {0}.</translation>
    </message>
    <message>
        <source>The consumers of “{name}” hold all that prefetch {prefetch} allows.</source>
        <translation>“{name}”의 소비자가 prefetch {prefetch}만큼 모두 가지고 있습니다.</translation>
    </message>
    <message>
        <source>The broker is down.</source>
        <translation>브로커가 내려가 있습니다.</translation>
    </message>
    <message>
        <source>The broker is short of memory and blocks everybody who publishes.</source>
        <translation>브로커의 메모리가 부족해 모든 발행자가 막혀 있습니다.</translation>
    </message>
    <message>
        <source>Publishers were held back by the broker.</source>
        <translation>브로커가 발행자를 막았습니다(배압).</translation>
    </message>
    <message>
        <source>{count} messages were lost: {restart} transient ones at a broker restart, {transit} on cut connections.</source>
        <translation>메시지 {count}개를 잃었습니다. 브로커 재시작 때 임시 메시지 {restart}개, 끊긴 연결에서 {transit}개입니다.</translation>
    </message>
    <message>
        <source>{count} messages matched no binding and are gone.</source>
        <translation>메시지 {count}개는 맞는 바인딩이 없어 사라졌습니다.</translation>
    </message>
    <message>
        <source>“{name}” could not keep up: {refused} requests were refused, {timed_out} timed out.</source>
        <translation>“{name}”의 처리 능력이 모자랐습니다. 요청 {refused}건이 거절되고 {timed_out}건이 시간 초과되었습니다.</translation>
    </message>
    <message>
        <source>Node {name} is short of disk: {free} free, {wanted} wanted. Everybody who publishes is blocked.</source>
        <translation>노드 {name}의 디스크가 부족합니다: 남은 공간 {free}, 필요 {wanted}. 발행하는 모든 연결이 막힙니다.</translation>
    </message>
    <message>
        <source>Node {name} is not running.</source>
        <translation>노드 {name}이(가) 실행 중이 아닙니다.</translation>
    </message>
    <message>
        <source>Node {name} uses {share} of the memory it may: beyond that, publishers are blocked.</source>
        <translation>노드 {name}이(가) 허용된 메모리의 {share}를 씁니다. 넘으면 발행자가 막힙니다.</translation>
    </message>
    <message>
        <source>{count} connections are blocked: they publish while an alarm is on.</source>
        <translation>연결 {count}개가 막혔습니다: 경보 중에 발행하고 있습니다.</translation>
    </message>
    <message>
        <source>{rate} messages a second match no binding.</source>
        <translation>초당 메시지 {rate}개에 맞는 바인딩이 없습니다.</translation>
    </message>
    <message>
        <source>Nothing held it back: the consumers kept up, the busiest at {utilisation}.</source>
        <translation>막힌 곳이 없습니다. 소비자가 제때 처리했으며, 가장 바쁜 소비자의 이용률은 {utilisation}입니다.</translation>
    </message>
    <message>
        <source>Nobody consumes “{name}”: {ready} messages are waiting.</source>
        <translation>“{name}”에 소비자가 없어 메시지 {ready}개가 기다립니다.</translation>
    </message>
    <message>
        <source>“{name}” is not running.</source>
        <translation>“{name}” 큐가 실행 중이 아닙니다.</translation>
    </message>
    <message>
        <source>“{name}” fills faster than it empties.</source>
        <translation>“{name}”은(는) 비는 것보다 빨리 찹니다.</translation>
    </message>
    <message>
        <source>“{name}” is at {share} of its limit of {limit}.</source>
        <translation>“{name}”이(가) 한도 {limit}의 {share}까지 찼습니다.</translation>
    </message>
    <message>
        <source>A full queue refused {count} messages.</source>
        <translation>가득 찬 큐가 메시지 {count}개를 거절했습니다.</translation>
    </message>
    <message>
        <source>The consumers of “{name}” were {utilisation} busy: more of them, or faster ones, would help.</source>
        <translation>“{name}” 소비자의 이용률이 {utilisation}였습니다. 소비자를 늘리거나 더 빠르게 하면 나아집니다.</translation>
    </message>
    <message>
        <source>The consumers of “{name}” held all that prefetch {prefetch} allows, and were {utilisation} busy.</source>
        <translation>“{name}”의 소비자는 프리페치 {prefetch}만큼 가득 들고 있었고, 이용률은 {utilisation}였습니다.</translation>
    </message>
    <message>
        <source>“{name}” delivers the same messages again and again.</source>
        <translation>“{name}”이(가) 같은 메시지를 거듭 전달하고 있습니다.</translation>
    </message>
    <message>
        <source>{count} messages of “{name}” became dead letters.</source>
        <translation>“{name}”의 메시지 {count}개가 데드 레터가 되었습니다.</translation>
    </message>
    <message>
        <source>The ledger does not balance</source>
        <translation>장부가 맞지 않음</translation>
    </message>
    <message>
        <source>{0} requests failed</source>
        <translation>요청 {0}건 실패</translation>
    </message>
    <message>
        <source>{0} messages were lost</source>
        <translation>메시지 {0}개를 잃음</translation>
    </message>
    <message>
        <source>{0} of {1} requests failed</source>
        <translation>요청 {1}건 중 {0}건 실패</translation>
    </message>
    <message>
        <source>Nothing lost, {0} not finished</source>
        <translation>유실 없음, {0}건은 아직 끝나지 않음</translation>
    </message>
    <message>
        <source>Every request was answered</source>
        <translation>모든 요청에 응답함</translation>
    </message>
    <message>
        <source>Nothing lost, {0} thrown away by a rule</source>
        <translation>유실 없음, {0}건은 규칙에 따라 버림</translation>
    </message>
    <message>
        <source>Nothing lost, all done</source>
        <translation>유실 없이 모두 완료</translation>
    </message>
    <message>
        <source>{0} transient messages lost at a broker restart</source>
        <translation>브로커 재시작 때 임시 메시지 {0}개 유실</translation>
    </message>
    <message>
        <source>{0} lost on cut connections</source>
        <translation>끊긴 연결에서 {0}개 유실</translation>
    </message>
    <message>
        <source>{0} acknowledged but never finished</source>
        <translation>ack했지만 끝내지 못함 {0}개</translation>
    </message>
    <message>
        <source>{0} direct calls refused, timed out or failed</source>
        <translation>직접 호출 {0}건이 거절, 시간 초과 또는 실패</translation>
    </message>
    <message>
        <source>{0} refused: there was no room</source>
        <translation>자리가 없어 거절 {0}개</translation>
    </message>
    <message>
        <source>{0} unroutable: no binding matched</source>
        <translation>맞는 바인딩이 없어 갈 곳 없음 {0}개</translation>
    </message>
    <message>
        <source>{0} returned to their producers</source>
        <translation>생산자에게 반송 {0}개</translation>
    </message>
    <message>
        <source>{0} dropped by a full queue</source>
        <translation>가득 찬 큐가 버림 {0}개</translation>
    </message>
    <message>
        <source>{0} expired (TTL)</source>
        <translation>TTL 만료 {0}개</translation>
    </message>
    <message>
        <source>{0} rejected by consumers</source>
        <translation>소비자가 거부 {0}개</translation>
    </message>
    <message>
        <source>{0} dead-lettered</source>
        <translation>데드 레터 {0}개</translation>
    </message>
    <message>
        <source>{0} purged by hand</source>
        <translation>손으로 비움 {0}개</translation>
    </message>
    <message>
        <source>{0} deleted with their queue</source>
        <translation>큐와 함께 삭제 {0}개</translation>
    </message>
    <message>
        <source>{0} timed out</source>
        <translation>시간 초과 {0}건</translation>
    </message>
    <message>
        <source>{0} failed</source>
        <translation>실패 {0}건</translation>
    </message>
</context>
<context>
    <name>FrameBytes</name>
    <message>
        <source>Bytes</source>
        <translation>바이트</translation>
    </message>
</context>
<context>
    <name>FrameDetail</name>
    <message>
        <source>Fields</source>
        <translation>필드</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>바이트</translation>
    </message>
    <message>
        <source>Choose a frame</source>
        <translation>프레임을 고르세요</translation>
    </message>
    <message>
        <source>It is explained here, field by field and byte by byte.</source>
        <translation>필드와 바이트 하나하나를 여기서 설명합니다.</translation>
    </message>
    <message>
        <source>The chosen frame</source>
        <translation>고른 프레임</translation>
    </message>
    <message>
        <source>The first {0} of {1} bytes</source>
        <translation>{1}바이트 중 처음 {0}바이트</translation>
    </message>
    <message>
        <source>passed before you listened, and is told from what it led to</source>
        <translation>듣기 전에 오간 것으로, 그 결과에서 되짚은 것입니다</translation>
    </message>
</context>
<context>
    <name>FrameMeanings</name>
    <message>
        <source>The broker ends the subscription by itself: the queue is gone.</source>
        <translation>브로커가 스스로 구독을 끝냅니다. 큐가 없어졌습니다.</translation>
    </message>
    <message>
        <source>The other side has done what it was asked for.</source>
        <translation>상대가 요청한 일을 마쳤습니다.</translation>
    </message>
    <message>
        <source>Before anything else the client says which protocol it speaks. A broker that does not answers with its own.</source>
        <translation>클라이언트는 가장 먼저 어떤 프로토콜을 쓰는지 말합니다. 그것을 모르는 브로커는 자기 프로토콜로 답합니다.</translation>
    </message>
    <message>
        <source>Nothing was said for a while: this only says “I am still here”. Two missed ones, and the connection counts as dead.</source>
        <translation>한동안 오간 말이 없어 “아직 여기 있다”고만 알립니다. 두 번 빠지면 연결이 끊긴 것으로 봅니다.</translation>
    </message>
    <message>
        <source>The network broke or the process died, and nobody said goodbye. What was unacknowledged goes back to its queue.</source>
        <translation>네트워크가 끊기거나 프로세스가 죽어 작별 인사가 없었습니다. 확인 응답되지 않은 것은 큐로 돌아갑니다.</translation>
    </message>
    <message>
        <source>The second frame of a message: how long its body is, and its properties. A bit in the flags tells which are there.</source>
        <translation>메시지의 두 번째 프레임: 본문의 길이와 속성입니다. 플래그의 비트가 어떤 속성이 있는지 알려 줍니다.</translation>
    </message>
    <message>
        <source>The message itself, as bytes that mean nothing to the broker. A long body takes several frames, an empty one none.</source>
        <translation>메시지 자체이며, 브로커에게는 의미 없는 바이트입니다. 긴 본문은 여러 프레임에 나뉘고, 빈 본문은 프레임이 없습니다.</translation>
    </message>
    <message>
        <source>The broker introduces itself: product, version, what it is capable of, and by which mechanisms one can log in.</source>
        <translation>브로커가 자신을 소개합니다: 제품, 버전, 할 수 있는 일, 로그인 방식.</translation>
    </message>
    <message>
        <source>The client introduces itself and logs in. PLAIN sends user and password readably, hence TLS outside of one machine.</source>
        <translation>클라이언트가 자신을 소개하고 로그인합니다. PLAIN은 사용자와 암호를 그대로 보내므로 한 컴퓨터 밖에서는 TLS가 필요합니다.</translation>
    </message>
    <message>
        <source>The broker proposes limits: channels, size of a frame, seconds between heartbeats.</source>
        <translation>브로커가 한도를 제안합니다: 채널 수, 프레임 크기, 하트비트 간격(초).</translation>
    </message>
    <message>
        <source>The client agrees, or asks for less. From now on both keep to it.</source>
        <translation>클라이언트가 동의하거나 더 적게 요청합니다. 이제부터 둘 다 이를 지킵니다.</translation>
    </message>
    <message>
        <source>The client chooses a virtual host: a broker of its own inside the broker.</source>
        <translation>클라이언트가 가상 호스트를 고릅니다. 브로커 안의 독립된 브로커입니다.</translation>
    </message>
    <message>
        <source>The handshake is done.</source>
        <translation>핸드셰이크가 끝났습니다.</translation>
    </message>
    <message>
        <source>Either side ends the connection, with a code: 200 is a normal goodbye, 320 an operator’s, 5xx a broken rule.</source>
        <translation>어느 쪽이든 코드와 함께 연결을 끝냅니다: 200은 정상 종료, 320은 운영자, 5xx는 규칙 위반.</translation>
    </message>
    <message>
        <source>The other side agrees; then the network connection is closed.</source>
        <translation>상대가 동의하고, 이어서 네트워크 연결이 닫힙니다.</translation>
    </message>
    <message>
        <source>The broker is short of memory or disk and reads nothing more from connections that publish.</source>
        <translation>브로커의 메모리나 디스크가 부족하여, 발행하는 연결에서 더 읽지 않습니다.</translation>
    </message>
    <message>
        <source>The broker has room again and reads on.</source>
        <translation>브로커에 다시 여유가 생겨 계속 읽습니다.</translation>
    </message>
    <message>
        <source>A channel is a conversation of its own within the connection: many of them share one network connection.</source>
        <translation>채널은 연결 안의 독립된 대화입니다. 여러 채널이 네트워크 연결 하나를 함께 씁니다.</translation>
    </message>
    <message>
        <source>The channel is there. All that follows carries its number.</source>
        <translation>채널이 열렸습니다. 이후의 모든 프레임에 그 번호가 붙습니다.</translation>
    </message>
    <message>
        <source>The channel ends with a code: 404 not found, 406 precondition failed … The connection and its other channels stay.</source>
        <translation>채널이 코드와 함께 끝납니다: 404 없음, 406 조건 불일치 … 연결과 다른 채널은 남습니다.</translation>
    </message>
    <message>
        <source>The other side agrees; the number is free again.</source>
        <translation>상대가 동의했고, 번호를 다시 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>Asks the other side to pause or to go on. RabbitMQ does not let clients pause it.</source>
        <translation>상대에게 멈추거나 계속하라고 요청합니다. RabbitMQ는 클라이언트가 멈추게 하지 못합니다.</translation>
    </message>
    <message>
        <source>Makes an exchange unless it is there. With other properties than it has, the channel is closed with 406.</source>
        <translation>교환기가 없으면 만듭니다. 있는 것과 속성이 다르면 채널이 406으로 닫힙니다.</translation>
    </message>
    <message>
        <source>What the source routes by this key goes on to the destination, another exchange.</source>
        <translation>원본이 이 키로 보내는 것이 대상인 다른 교환기로 이어집니다.</translation>
    </message>
    <message>
        <source>Makes a queue unless it is there. Arguments set its limits: length, age, dead letters.</source>
        <translation>큐가 없으면 만듭니다. 인자로 길이, 나이, 데드 레터 같은 한도를 정합니다.</translation>
    </message>
    <message>
        <source>The queue is there, with so many messages ready and so many consumers.</source>
        <translation>큐가 있습니다. 준비된 메시지 수와 소비자 수를 알려 줍니다.</translation>
    </message>
    <message>
        <source>From now on the exchange routes messages that fit this key to the queue.</source>
        <translation>이제 교환기가 이 키에 맞는 메시지를 큐로 보냅니다.</translation>
    </message>
    <message>
        <source>Throws away what is ready in the queue; what is unacknowledged stays.</source>
        <translation>큐에 준비된 것을 버립니다. 확인 응답되지 않은 것은 남습니다.</translation>
    </message>
    <message>
        <source>Takes the queue away with all its messages; its consumers are cancelled.</source>
        <translation>큐와 그 메시지를 모두 없앱니다. 소비자의 구독은 취소됩니다.</translation>
    </message>
    <message>
        <source>At most so many unacknowledged deliveries for each consumer that subscribes from now on: the prefetch. 0 is no limit.</source>
        <translation>이제부터 구독하는 소비자마다 확인 응답되지 않은 전달은 최대 이만큼입니다(프리페치). 0은 제한 없음입니다.</translation>
    </message>
    <message>
        <source>Subscribes to a queue: the broker pushes messages as they come, as far as the prefetch allows.</source>
        <translation>큐를 구독합니다. 프리페치가 허락하는 만큼 브로커가 메시지를 오는 대로 밀어 줍니다.</translation>
    </message>
    <message>
        <source>The subscription is there; every delivery will carry its consumer tag.</source>
        <translation>구독이 시작되었습니다. 모든 전달에 소비자 태그가 붙습니다.</translation>
    </message>
    <message>
        <source>Ends a subscription. What was delivered may still be acknowledged.</source>
        <translation>구독을 끝냅니다. 이미 전달된 것은 아직 확인 응답할 수 있습니다.</translation>
    </message>
    <message>
        <source>Hands a message to an exchange with a routing key. Nothing comes back, unless confirms are on or it is mandatory.</source>
        <translation>메시지를 라우팅 키와 함께 교환기에 건넵니다. 발행 확인이나 mandatory가 없으면 아무 답도 오지 않습니다.</translation>
    </message>
    <message>
        <source>A mandatory message reached no queue and comes back to who published it.</source>
        <translation>mandatory 메시지가 어느 큐에도 닿지 못해 발행자에게 돌아옵니다.</translation>
    </message>
    <message>
        <source>A message for a subscription. The delivery tag is what the ack has to name; redelivered: somebody may have had it before.</source>
        <translation>구독으로 온 메시지입니다. 확인 응답은 이 전달 태그를 가리킵니다. redelivered이면 누군가 이미 받았을 수 있습니다.</translation>
    </message>
    <message>
        <source>Asks for one message instead of subscribing: each costs a round trip.</source>
        <translation>구독하는 대신 메시지 하나를 요청합니다. 하나마다 왕복이 듭니다.</translation>
    </message>
    <message>
        <source>Here is one, and so many more are ready.</source>
        <translation>하나를 보내며, 몇 개가 더 준비되어 있는지 알려 줍니다.</translation>
    </message>
    <message>
        <source>The queue has nothing ready.</source>
        <translation>큐에 준비된 것이 없습니다.</translation>
    </message>
    <message>
        <source>The work is done: the broker may forget the message. “multiple” covers all deliveries up to this tag.</source>
        <translation>작업이 끝났으니 브로커는 메시지를 잊어도 됩니다. “multiple”은 이 태그까지의 모든 전달을 뜻합니다.</translation>
    </message>
    <message>
        <source>The work failed: back into the queue (requeue), or away, to the dead letters where there are some.</source>
        <translation>작업이 실패했습니다: 큐로 되돌리거나(requeue), 버립니다(있으면 데드 레터로).</translation>
    </message>
    <message>
        <source>Refuses one delivery: back into the queue (requeue), or away, to the dead letters where there are some.</source>
        <translation>전달 하나를 거절합니다: 큐로 되돌리거나(requeue), 버립니다(있으면 데드 레터로).</translation>
    </message>
    <message>
        <source>Everything unacknowledged on this channel goes back to its queue.</source>
        <translation>이 채널에서 확인 응답되지 않은 것이 모두 큐로 돌아갑니다.</translation>
    </message>
    <message>
        <source>A publisher confirm: the broker has taken charge of the message with this number on the channel.</source>
        <translation>발행 확인: 채널에서 이 번호의 메시지를 브로커가 맡았습니다.</translation>
    </message>
    <message>
        <source>A publisher confirm that says no: a queue did not take the message, so it has to be published again.</source>
        <translation>거절하는 발행 확인: 어떤 큐가 메시지를 받지 않았으므로 다시 발행해야 합니다.</translation>
    </message>
    <message>
        <source>From now on the broker answers each publish with an ack or a nack, numbered from 1.</source>
        <translation>이제 브로커가 발행마다 1부터 번호를 붙여 ack 또는 nack으로 답합니다.</translation>
    </message>
    <message>
        <source>Publishes and acks wait until the transaction is committed.</source>
        <translation>발행과 확인 응답이 트랜잭션이 커밋될 때까지 기다립니다.</translation>
    </message>
    <message>
        <source>All that waited happens now.</source>
        <translation>기다리던 것이 모두 지금 일어납니다.</translation>
    </message>
    <message>
        <source>All that waited is forgotten.</source>
        <translation>기다리던 것이 모두 취소됩니다.</translation>
    </message>
</context>
<context>
    <name>FrameWords</name>
    <message>
        <source>protocol header</source>
        <translation>프로토콜 헤더</translation>
    </message>
    <message>
        <source>content header</source>
        <translation>콘텐츠 헤더</translation>
    </message>
    <message>
        <source>content body</source>
        <translation>콘텐츠 본문</translation>
    </message>
    <message>
        <source>heartbeat</source>
        <translation>하트비트</translation>
    </message>
    <message>
        <source>connection lost</source>
        <translation>연결 끊김</translation>
    </message>
    <message>
        <source>no frame of AMQP</source>
        <translation>AMQP 프레임이 아님</translation>
    </message>
    <message>
        <source>AMQP 0-9-1, {0}</source>
        <translation>AMQP 0-9-1, {0}절</translation>
    </message>
    <message>
        <source>an extension of RabbitMQ</source>
        <translation>RabbitMQ 확장</translation>
    </message>
    <message>
        <source>the default exchange</source>
        <translation>기본 교환기</translation>
    </message>
    <message>
        <source>from queue {queue}, without acks</source>
        <translation>큐 {queue}에서, 확인 응답 없이</translation>
    </message>
    <message>
        <source>all up to delivery {delivery_tag}</source>
        <translation>전달 {delivery_tag}까지 모두</translation>
    </message>
    <message>
        <source>delivery {delivery_tag} again, with key {routing_key}</source>
        <translation>전달 {delivery_tag} 다시, 키 {routing_key}</translation>
    </message>
    <message>
        <source>log in by {mechanisms}</source>
        <translation>로그인 방식 {mechanisms}</translation>
    </message>
    <message>
        <source>logs in by {mechanism}</source>
        <translation>{mechanism} 방식으로 로그인</translation>
    </message>
    <message>
        <source>at most {channel_max} channels, {frame_max} bytes a frame, heartbeat {heartbeat} s</source>
        <translation>최대 채널 {channel_max}개, 프레임 {frame_max}바이트, 하트비트 {heartbeat}초</translation>
    </message>
    <message>
        <source>{channel_max} channels, {frame_max} bytes a frame, heartbeat {heartbeat} s</source>
        <translation>채널 {channel_max}개, 프레임 {frame_max}바이트, 하트비트 {heartbeat}초</translation>
    </message>
    <message>
        <source>virtual host {virtual_host}</source>
        <translation>가상 호스트 {virtual_host}</translation>
    </message>
    <message>
        <source>{queue}: {message_count} messages, {consumer_count} consumers</source>
        <translation>{queue}: 메시지 {message_count}개, 소비자 {consumer_count}개</translation>
    </message>
    <message>
        <source>prefetch {prefetch_count}</source>
        <translation>프리페치 {prefetch_count}</translation>
    </message>
    <message>
        <source>from queue {queue}</source>
        <translation>큐 {queue}에서</translation>
    </message>
    <message>
        <source>to {exchange} with key {routing_key}</source>
        <translation>{exchange}로, 키 {routing_key}</translation>
    </message>
    <message>
        <source>delivery {delivery_tag} with key {routing_key}</source>
        <translation>전달 {delivery_tag}, 키 {routing_key}</translation>
    </message>
    <message>
        <source>delivery {delivery_tag}, {message_count} more are ready</source>
        <translation>전달 {delivery_tag}, {message_count}개 더 준비됨</translation>
    </message>
    <message>
        <source>{body_size} bytes follow</source>
        <translation>{body_size}바이트가 이어짐</translation>
    </message>
    <message>
        <source>delivery {delivery_tag}</source>
        <translation>전달 {delivery_tag}</translation>
    </message>
    <message>
        <source>delivery {delivery_tag}, requeue {requeue}</source>
        <translation>전달 {delivery_tag}, requeue {requeue}</translation>
    </message>
    <message>
        <source>{message_count} messages</source>
        <translation>메시지 {message_count}개</translation>
    </message>
    <message>
        <source>client → broker</source>
        <translation>클라이언트 → 브로커</translation>
    </message>
    <message>
        <source>broker → client</source>
        <translation>브로커 → 클라이언트</translation>
    </message>
</context>
<context>
    <name>Hint</name>
    <message>
        <source>Close the hint</source>
        <translation>안내 닫기</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Inspector</source>
        <translation>속성</translation>
    </message>
    <message>
        <source>Adjust while it runs</source>
        <translation>실행 중 조절</translation>
    </message>
    <message>
        <source>Newest message, translated</source>
        <translation>마지막으로 변환한 메시지</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>수치</translation>
    </message>
    <message>
        <source>is not there any more</source>
        <translation>더 이상 없음</translation>
    </message>
    <message>
        <source>It is not there any more.</source>
        <translation>더 이상 없습니다.</translation>
    </message>
    <message>
        <source>Direct calls</source>
        <translation>직접 호출</translation>
    </message>
    <message>
        <source>{0} of the limit</source>
        <translation>한도의 {0}</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>한도 없음</translation>
    </message>
</context>
<context>
    <name>IntervalWords</name>
    <message>
        <source>off</source>
        <translation>끔</translation>
    </message>
    <message>
        <source>every {0} s</source>
        <translation>{0}초마다</translation>
    </message>
</context>
<context>
    <name>KnobForm</name>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation>무제한</translation>
    </message>
</context>
<context>
    <name>LedgerStrip</name>
    <message>
        <source>What was lost cannot be told</source>
        <translation>유실 여부를 알 수 없음</translation>
    </message>
    <message>
        <source>The ledger does not balance</source>
        <translation>장부가 맞지 않음</translation>
    </message>
    <message>
        <source>Nothing lost</source>
        <translation>유실 없음</translation>
    </message>
    <message>
        <source>{0} requests failed</source>
        <translation>요청 {0}건 실패</translation>
    </message>
    <message>
        <source>{0} lost</source>
        <translation>{0}개 유실</translation>
    </message>
    <message>
        <source>both sums balance</source>
        <translation>두 합이 일치</translation>
    </message>
    <message>
        <source>it balances</source>
        <translation>합이 일치</translation>
    </message>
</context>
<context>
    <name>LedgerWords</name>
    <message>
        <source>published</source>
        <translation>발행</translation>
    </message>
    <message>
        <source>enqueued</source>
        <translation>큐에 들어옴</translation>
    </message>
    <message>
        <source>routed</source>
        <translation>라우팅</translation>
    </message>
    <message>
        <source>unroutable</source>
        <translation>갈 곳 없음</translation>
    </message>
    <message>
        <source>returned</source>
        <translation>반송</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>거절</translation>
    </message>
    <message>
        <source>lost on the way</source>
        <translation>전송 중 유실</translation>
    </message>
    <message>
        <source>on the way</source>
        <translation>전송 중</translation>
    </message>
    <message>
        <source>acked</source>
        <translation>확인됨(ack)</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>대기</translation>
    </message>
    <message>
        <source>unacked</source>
        <translation>미확인</translation>
    </message>
    <message>
        <source>dead-lettered</source>
        <translation>데드 레터</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>만료</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>버림</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>거부</translation>
    </message>
    <message>
        <source>purged</source>
        <translation>비움</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>유실</translation>
    </message>
    <message>
        <source>abandoned</source>
        <translation>끝내지 못함</translation>
    </message>
    <message>
        <source>requests</source>
        <translation>요청</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>응답 완료</translation>
    </message>
    <message>
        <source>in service</source>
        <translation>처리 중</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>대기</translation>
    </message>
    <message>
        <source>timed out</source>
        <translation>시간 초과</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Messages that producers have sent</source>
        <translation>생산자가 보낸 메시지</translation>
    </message>
    <message>
        <source>Copies that entered a queue: one for each queue that a message was routed to</source>
        <translation>큐에 들어온 사본. 메시지가 라우팅된 큐마다 하나씩</translation>
    </message>
    <message>
        <source>At least one copy entered a queue</source>
        <translation>사본이 적어도 하나 큐에 들어감</translation>
    </message>
    <message>
        <source>No binding matched the message, and it was not mandatory</source>
        <translation>맞는 바인딩이 없고 mandatory도 아니어서 사라짐</translation>
    </message>
    <message>
        <source>No binding matched the message; being mandatory, it went back to its producer</source>
        <translation>맞는 바인딩이 없어 생산자에게 되돌아감(mandatory)</translation>
    </message>
    <message>
        <source>The queue was full, and refuses by its own rule</source>
        <translation>큐가 가득 차 규칙에 따라 거절함</translation>
    </message>
    <message>
        <source>Under way when the connection broke</source>
        <translation>전송 중에 연결이 끊김</translation>
    </message>
    <message>
        <source>Under way between producer and broker</source>
        <translation>생산자와 브로커 사이에서 전송 중</translation>
    </message>
    <message>
        <source>A consumer has said that it is done</source>
        <translation>소비자가 처리했다고 확인 응답(ack)을 보냄</translation>
    </message>
    <message>
        <source>In a queue, waiting for a consumer</source>
        <translation>큐에서 소비자를 기다림(ready)</translation>
    </message>
    <message>
        <source>With a consumer that has not answered yet</source>
        <translation>소비자가 받았지만 아직 확인 응답이 없음(unacked)</translation>
    </message>
    <message>
        <source>Went on to a dead-letter exchange</source>
        <translation>데드 레터 교환기로 넘어감</translation>
    </message>
    <message>
        <source>Its time to live was over</source>
        <translation>수명(TTL)이 다함</translation>
    </message>
    <message>
        <source>The queue was full and dropped its oldest messages</source>
        <translation>큐가 가득 차 가장 오래된 메시지를 버림</translation>
    </message>
    <message>
        <source>A consumer did not want it, and there is no dead-letter exchange</source>
        <translation>소비자가 거부했고 데드 레터 교환기가 없음</translation>
    </message>
    <message>
        <source>Somebody emptied the queue</source>
        <translation>큐를 비움(purge)</translation>
    </message>
    <message>
        <source>Its queue was deleted</source>
        <translation>큐가 삭제됨</translation>
    </message>
    <message>
        <source>Transient, and the broker was restarted</source>
        <translation>임시 메시지인데 브로커가 재시작됨</translation>
    </message>
    <message>
        <source>Acknowledged, but the work was never finished</source>
        <translation>ack했지만 작업을 끝내지 못함</translation>
    </message>
    <message>
        <source>Direct calls that services have received</source>
        <translation>서비스가 받은 직접 호출</translation>
    </message>
    <message>
        <source>The service answered in time</source>
        <translation>서비스가 제때 응답함</translation>
    </message>
    <message>
        <source>A worker is busy with it</source>
        <translation>작업자가 처리하고 있음</translation>
    </message>
    <message>
        <source>Waits for a free worker</source>
        <translation>빈 작업자를 기다림</translation>
    </message>
    <message>
        <source>The caller gave up before the answer came</source>
        <translation>응답이 오기 전에 호출자가 포기함</translation>
    </message>
    <message>
        <source>The service could not answer</source>
        <translation>서비스가 응답하지 못함</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Ready</source>
        <translation>대기</translation>
    </message>
    <message>
        <source>Unacked</source>
        <translation>미확인</translation>
    </message>
    <message>
        <source>Redelivered</source>
        <translation>재전달</translation>
    </message>
    <message>
        <source>Dead-lettered</source>
        <translation>데드 레터</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>버림</translation>
    </message>
    <message>
        <source>{0} in flight</source>
        <translation>전송 중 {0}</translation>
    </message>
    <message>
        <source>dots sampled from rates</source>
        <translation>점은 속도에서 표본 추출</translation>
    </message>
    <message>
        <source>1 dot = {0} messages</source>
        <translation>점 하나 = 메시지 {0}개</translation>
    </message>
    <message>
        <source>1 dot = up to {0} messages</source>
        <translation>점 하나 = 메시지 최대 {0}개</translation>
    </message>
</context>
<context>
    <name>LibraryPanel</name>
    <message>
        <source>Nothing matches “{0}”</source>
        <translation>“{0}”에 맞는 것이 없습니다</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>검색어 지우기</translation>
    </message>
    <message>
        <source>Find a scenario</source>
        <translation>시나리오 찾기</translation>
    </message>
    <message>
        <source>Find a scenario (Ctrl+F)</source>
        <translation>시나리오 찾기(Ctrl+F)</translation>
    </message>
    <message>
        <source>Scenarios</source>
        <translation>시나리오</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>파일 열기…</translation>
    </message>
    <message>
        <source>Connect to RabbitMQ…</source>
        <translation>RabbitMQ에 연결…</translation>
    </message>
</context>
<context>
    <name>LiveBar</name>
    <message>
        <source>LIVE</source>
        <translation>실시간</translation>
    </message>
    <message>
        <source>Virtual host</source>
        <translation>가상 호스트</translation>
    </message>
    <message>
        <source>How often the broker is asked</source>
        <translation>브로커를 조회하는 간격</translation>
    </message>
    <message>
        <source>Ask now</source>
        <translation>지금 조회</translation>
    </message>
    <message>
        <source>Find queues and clients</source>
        <translation>큐와 클라이언트 찾기</translation>
    </message>
    <message>
        <source>again in {0}. {1}</source>
        <translation>{0} 뒤 다시 시도. {1}</translation>
    </message>
    <message>
        <source>connecting…</source>
        <translation>연결 중…</translation>
    </message>
    <message>
        <source>blind for {0}, again in {1}. {2}</source>
        <translation>{0}째 안 보임, {1} 뒤 다시 시도. {2}</translation>
    </message>
    <message>
        <source>not asked; {0} old</source>
        <translation>조회 안 함, {0} 전 상태</translation>
    </message>
    <message>
        <source>{0} old</source>
        <translation>{0} 전 상태</translation>
    </message>
    <message>
        <source>{0} not told</source>
        <translation>{0}개 알 수 없음</translation>
    </message>
    <message>
        <source>What this broker does not tell, and why:</source>
        <translation>이 브로커가 알려 주지 않는 것과 그 까닭:</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>읽기 전용</translation>
    </message>
    <message>
        <source>Acting on it</source>
        <translation>조작 허용됨</translation>
    </message>
    <message>
        <source>Publish, close connections and purge are off. Click to allow them on this connection.</source>
        <translation>발행, 연결 닫기, 비우기가 꺼져 있습니다. 누르면 이 연결에서 허용합니다.</translation>
    </message>
    <message>
        <source>What you do reaches the real broker, and is written to a log file. Click to make it read-only again.</source>
        <translation>지금 하는 일은 실제 브로커에 닿고 로그 파일에 기록됩니다. 누르면 다시 읽기 전용이 됩니다.</translation>
    </message>
</context>
<context>
    <name>LiveWiring</name>
    <message>
        <source>Live brokers</source>
        <translation>실제 브로커</translation>
    </message>
</context>
<context>
    <name>LiveWords</name>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>포트</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>로그인</translation>
    </message>
    <message>
        <source>Virtual host</source>
        <translation>가상 호스트</translation>
    </message>
    <message>
        <source>Management</source>
        <translation>관리 주소</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>권한</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>통계</translation>
    </message>
    <message>
        <source>all well</source>
        <translation>이상 없음</translation>
    </message>
    <message>
        <source>The host&apos;s name has no address.</source>
        <translation>호스트 이름의 주소를 찾을 수 없습니다.</translation>
    </message>
    <message>
        <source>Nobody listens on this port.</source>
        <translation>이 포트에서 응답하는 프로그램이 없습니다.</translation>
    </message>
    <message>
        <source>There was no answer in time.</source>
        <translation>제한 시간 안에 응답이 없었습니다.</translation>
    </message>
    <message>
        <source>The two sides could not agree on TLS.</source>
        <translation>양쪽이 TLS에 합의하지 못했습니다.</translation>
    </message>
    <message>
        <source>A certificate was not accepted.</source>
        <translation>인증서가 받아들여지지 않았습니다.</translation>
    </message>
    <message>
        <source>One side speaks TLS and the other does not.</source>
        <translation>한쪽은 TLS를 쓰고 다른 쪽은 쓰지 않습니다.</translation>
    </message>
    <message>
        <source>Something else listens there.</source>
        <translation>그곳에는 다른 프로그램이 있습니다.</translation>
    </message>
    <message>
        <source>User or password is wrong.</source>
        <translation>사용자나 비밀번호가 틀렸습니다.</translation>
    </message>
    <message>
        <source>The virtual host cannot be entered.</source>
        <translation>가상 호스트에 들어갈 수 없습니다.</translation>
    </message>
    <message>
        <source>The account may not see this.</source>
        <translation>이 계정은 이것을 볼 수 없습니다.</translation>
    </message>
    <message>
        <source>The management plugin does not answer.</source>
        <translation>관리 플러그인이 응답하지 않습니다.</translation>
    </message>
    <message>
        <source>The broker keeps no statistics.</source>
        <translation>브로커가 통계를 모으지 않습니다.</translation>
    </message>
    <message>
        <source>The connection broke.</source>
        <translation>연결이 끊겼습니다.</translation>
    </message>
    <message>
        <source>RabbitMQ does not tell it.</source>
        <translation>RabbitMQ가 알려 주지 않습니다.</translation>
    </message>
    <message>
        <source>The broker answered with an error.</source>
        <translation>브로커가 오류로 응답했습니다.</translation>
    </message>
    <message>
        <source>Check its spelling, and whether a VPN is needed to reach it.</source>
        <translation>철자를 확인하고, VPN이 필요한지 보세요.</translation>
    </message>
    <message>
        <source>Is the broker running? AMQP is usually 5672, with TLS 5671; management 15672.</source>
        <translation>브로커가 실행 중인가요? AMQP는 보통 5672, TLS는 5671, 관리는 15672입니다.</translation>
    </message>
    <message>
        <source>A firewall may be in between. If the way is long, give it more time above.</source>
        <translation>방화벽이 막고 있을 수 있습니다. 먼 곳이라면 위에서 제한 시간을 늘리세요.</translation>
    </message>
    <message>
        <source>Check that this is the TLS port (usually 5671) and which versions of TLS the broker allows.</source>
        <translation>TLS 포트(보통 5671)가 맞는지, 브로커가 허용하는 TLS 버전이 무엇인지 확인하세요.</translation>
    </message>
    <message>
        <source>Name the authority (CA) that has signed it, or, if the broker asks for one, a certificate of yours.</source>
        <translation>서명한 인증 기관(CA)을 지정하거나, 브로커가 요구하면 내 인증서를 지정하세요.</translation>
    </message>
    <message>
        <source>Switch TLS on or off above, or take the other port: 5671 with TLS, 5672 without.</source>
        <translation>위에서 TLS를 켜거나 끄세요. 또는 다른 포트를 쓰세요: TLS는 5671, 아니면 5672.</translation>
    </message>
    <message>
        <source>Check the port: AMQP is usually 5672, management 15672.</source>
        <translation>포트를 확인하세요: AMQP는 보통 5672, 관리는 15672입니다.</translation>
    </message>
    <message>
        <source>Type both again. “guest” may log in only from the broker&apos;s own machine.</source>
        <translation>둘 다 다시 입력하세요. “guest”는 브로커가 있는 컴퓨터에서만 로그인할 수 있습니다.</translation>
    </message>
    <message>
        <source>Check its name, and ask for permissions: rabbitmqctl set_permissions -p VHOST USER</source>
        <translation>이름을 확인하고 권한을 요청하세요: rabbitmqctl set_permissions -p VHOST USER</translation>
    </message>
    <message>
        <source>Ask for the tag monitoring: rabbitmqctl set_user_tags USER monitoring</source>
        <translation>monitoring 태그를 요청하세요: rabbitmqctl set_user_tags USER monitoring</translation>
    </message>
    <message>
        <source>Check its address, or switch it on: rabbitmq-plugins enable rabbitmq_management</source>
        <translation>주소를 확인하거나 플러그인을 켜세요: rabbitmq-plugins enable rabbitmq_management</translation>
    </message>
    <message>
        <source>Totals are shown, and, where the plugin rabbitmq_prometheus gives them, rates of the whole.</source>
        <translation>총계가 보이고, rabbitmq_prometheus 플러그인이 있으면 전체의 속도도 보입니다.</translation>
    </message>
    <message>
        <source>Try again; the broker&apos;s log says more.</source>
        <translation>다시 시도하세요. 브로커의 로그에 더 자세히 나옵니다.</translation>
    </message>
    <message>
        <source>Nothing can be done about it.</source>
        <translation>할 수 있는 일이 없습니다.</translation>
    </message>
    <message>
        <source>The broker&apos;s log says more.</source>
        <translation>브로커의 로그에 더 자세히 나옵니다.</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <source>The plugin rabbitmq_prometheus would give them at {0}.</source>
        <translation>rabbitmq_prometheus 플러그인이 있으면 {0}에서 알 수 있습니다.</translation>
    </message>
    <message>
        <source>Rates</source>
        <translation>속도</translation>
    </message>
    <message>
        <source>Rates of single queues and exchanges</source>
        <translation>큐와 교환기 하나하나의 속도</translation>
    </message>
    <message>
        <source>Rates of this virtual host alone (all of the node&apos;s are shown)</source>
        <translation>이 가상 호스트만의 속도(노드 전체의 속도를 보입니다)</translation>
    </message>
    <message>
        <source>Rates of the cluster&apos;s other nodes</source>
        <translation>클러스터의 다른 노드의 속도</translation>
    </message>
    <message>
        <source>Limits that come from policies</source>
        <translation>정책으로 정한 한도</translation>
    </message>
    <message>
        <source>Blocked connections</source>
        <translation>막힌 연결</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>연결</translation>
    </message>
    <message>
        <source>Channels and publishers</source>
        <translation>채널과 발행자</translation>
    </message>
    <message>
        <source>Consumers</source>
        <translation>소비자</translation>
    </message>
    <message>
        <source>Bindings</source>
        <translation>바인딩</translation>
    </message>
    <message>
        <source>Nodes, memory and disk</source>
        <translation>노드, 메모리, 디스크</translation>
    </message>
    <message>
        <source>Age of the oldest message</source>
        <translation>가장 오래된 메시지의 나이</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>정책</translation>
    </message>
    <message>
        <source>Exchanges that publishers publish to</source>
        <translation>발행자가 발행하는 교환기</translation>
    </message>
    <message>
        <source>Unacknowledged messages</source>
        <translation>확인되지 않은 메시지</translation>
    </message>
    <message>
        <source>Other virtual hosts</source>
        <translation>다른 가상 호스트</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>큐</translation>
    </message>
    <message>
        <source>Exchanges</source>
        <translation>교환기</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Scenarios</source>
        <translation>시나리오</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>속성</translation>
    </message>
    <message>
        <source>Curves and events</source>
        <translation>그래프와 이벤트</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>메뉴</translation>
    </message>
    <message>
        <source>Cloned into the simulator. Not everything could be taken over:</source>
        <translation>시뮬레이터로 복제했습니다. 모두 옮길 수는 없었습니다:</translation>
    </message>
    <message>
        <source>Press 2 to kill a consumer, and watch its messages come back</source>
        <translation>2를 눌러 소비자를 강제 종료하고, 메시지가 큐로 돌아오는 것을 보십시오</translation>
    </message>
    <message>
        <source>{0}: click its target. Its key again takes the first one, Esc cancels.</source>
        <translation>{0}: 대상을 클릭하십시오. 같은 키를 다시 누르면 첫 대상, Esc는 취소입니다.</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>Save result</source>
        <translation>결과 저장</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>Faults</source>
        <translation>장애</translation>
    </message>
    <message>
        <source>View</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
</context>
<context>
    <name>MessageDialog</name>
    <message>
        <source>A message</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>name=value, name=value</source>
        <translation>이름=값, 이름=값</translation>
    </message>
    <message>
        <source>What the message says</source>
        <translation>메시지 내용</translation>
    </message>
    <message>
        <source>Persistent: survives a restart in a durable queue</source>
        <translation>지속: durable 큐에서 재시작해도 남음</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>발행</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>교환기</translation>
    </message>
    <message>
        <source>Routing key</source>
        <translation>라우팅 키</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>헤더</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>본문</translation>
    </message>
    <message>
        <source>Where would this message go?</source>
        <translation>이 메시지는 어디로 갈까?</translation>
    </message>
    <message>
        <source>Nowhere: no binding matches.</source>
        <translation>갈 곳이 없습니다: 맞는 바인딩이 없습니다.</translation>
    </message>
    <message>
        <source>{0} queues: {1} …</source>
        <translation>큐 {0}개: {1} …</translation>
    </message>
    <message>
        <source>Into {0}</source>
        <translation>{0} 큐로 갑니다</translation>
    </message>
</context>
<context>
    <name>MessageList</name>
    <message>
        <source>Look at the oldest messages</source>
        <translation>가장 오래된 메시지 보기</translation>
    </message>
    <message>
        <source>Nothing is taken from the queue.</source>
        <translation>큐에서 꺼내지 않고 봅니다.</translation>
    </message>
    <message>
        <source>The queue is empty.</source>
        <translation>큐가 비어 있습니다.</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>Routing key</source>
        <translation>라우팅 키</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>나이</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>exchange</source>
        <translation>교환기</translation>
    </message>
    <message>
        <source>body</source>
        <translation>본문</translation>
    </message>
</context>
<context>
    <name>MistakeWords</name>
    <message>
        <source>&apos;apply-to&apos; must be {0}</source>
        <translation>&apos;apply-to&apos;는 {0}이어야 합니다</translation>
    </message>
    <message>
        <source>&apos;count&apos; is set for all of a client, not for its member {0!r}</source>
        <translation>&apos;count&apos;는 구성원 {0!r}이 아니라 클라이언트 전체에 설정합니다</translation>
    </message>
    <message>
        <source>&apos;definition&apos; must not be empty</source>
        <translation>&apos;definition&apos;이 비어 있으면 안 됩니다</translation>
    </message>
    <message>
        <source>&apos;destination_type&apos; must be &apos;queue&apos; or &apos;exchange&apos;</source>
        <translation>&apos;destination_type&apos;은 &apos;queue&apos; 또는 &apos;exchange&apos;여야 합니다</translation>
    </message>
    <message>
        <source>&apos;every&apos; must be longer than it lasts, {0:g}</source>
        <translation>&apos;every&apos;는 지속 시간 {0:g}보다 길어야 합니다</translation>
    </message>
    <message>
        <source>&apos;every&apos; needs &apos;lasts&apos;: without it the first one never ends</source>
        <translation>&apos;every&apos;에는 &apos;lasts&apos;가 필요합니다. 없으면 첫 번째가 끝나지 않습니다</translation>
    </message>
    <message>
        <source>&apos;file&apos; must name a file beside the scenario, not {0!r}</source>
        <translation>&apos;file&apos;은 시나리오 옆에 있는 파일이어야 합니다. {0!r}은(는) 안 됩니다</translation>
    </message>
    <message>
        <source>&apos;high&apos; must not be below &apos;low&apos;, {0:g}</source>
        <translation>&apos;high&apos;는 &apos;low&apos; {0:g}보다 작으면 안 됩니다</translation>
    </message>
    <message>
        <source>&apos;lasts&apos; has no meaning here: it is over at once</source>
        <translation>여기서는 &apos;lasts&apos;가 의미 없습니다. 순간에 끝납니다</translation>
    </message>
    <message>
        <source>&apos;mode&apos; has no meaning without &apos;call&apos;</source>
        <translation>&apos;call&apos; 없이는 &apos;mode&apos;가 의미 없습니다</translation>
    </message>
    <message>
        <source>&apos;multiple&apos; has no meaning with automatic ack</source>
        <translation>자동 ack에서는 &apos;multiple&apos;이 의미 없습니다</translation>
    </message>
    <message>
        <source>&apos;pattern&apos; is not a regular expression: {0}</source>
        <translation>&apos;pattern&apos;이 정규식이 아닙니다: {0}</translation>
    </message>
    <message>
        <source>&apos;reject-publish-dlx&apos; needs a classic queue</source>
        <translation>&apos;reject-publish-dlx&apos;는 클래식 큐에서만 됩니다</translation>
    </message>
    <message>
        <source>&apos;service&apos; has no meaning with &apos;call&apos;: the work is done by the service</source>
        <translation>&apos;call&apos;이 있으면 &apos;service&apos;는 의미 없습니다. 일은 서비스가 합니다</translation>
    </message>
    <message>
        <source>&apos;set&apos; needs &apos;target&apos;: whose settings?</source>
        <translation>&apos;set&apos;에는 &apos;target&apos;이 필요합니다. 무엇의 설정입니까?</translation>
    </message>
    <message>
        <source>&apos;steps&apos; needs at least one [rate, seconds]</source>
        <translation>&apos;steps&apos;에는 [빈도, 초]가 하나 이상 필요합니다</translation>
    </message>
    <message>
        <source>&apos;target&apos; goes with &apos;set&apos;</source>
        <translation>&apos;target&apos;은 &apos;set&apos;과 함께 씁니다</translation>
    </message>
    <message>
        <source>&apos;times&apos; are read from the file</source>
        <translation>&apos;times&apos;는 파일에서 읽습니다</translation>
    </message>
    <message>
        <source>&apos;until&apos; must lie after the beginning, {0:g}</source>
        <translation>&apos;until&apos;은 시작 {0:g}보다 뒤여야 합니다</translation>
    </message>
    <message>
        <source>&apos;values&apos; must not be empty</source>
        <translation>&apos;values&apos;가 비어 있으면 안 됩니다</translation>
    </message>
    <message>
        <source>&apos;x-dead-letter-routing-key&apos; needs &apos;x-dead-letter-exchange&apos;</source>
        <translation>&apos;x-dead-letter-routing-key&apos;에는 &apos;x-dead-letter-exchange&apos;가 필요합니다</translation>
    </message>
    <message>
        <source>&apos;x-match&apos; must be {0}, not {1}</source>
        <translation>&apos;x-match&apos;는 {0}이어야 합니다. {1}은(는) 안 됩니다</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; has no meaning with &apos;call&apos;: a direct call goes past the broker</source>
        <translation>&apos;call&apos;이 있으면 &apos;{0}&apos;은(는) 의미 없습니다. 직접 호출은 브로커를 거치지 않습니다</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; hits {1}, not {2!r}</source>
        <translation>&apos;{0}&apos; 장애의 대상은 {1}입니다. {2!r}은(는) 안 됩니다</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; hits {1}; {2!r} is one of the {3}</source>
        <translation>&apos;{0}&apos; 장애의 대상은 {1}입니다. {2!r}은(는) {3}에 속합니다</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is missing; {1} was expected</source>
        <translation>&apos;{0}&apos;이(가) 없습니다. {1}이(가) 필요합니다</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is missing; {1} was expected{2}</source>
        <translation>&apos;{0}&apos;이(가) 없습니다. {1}이(가) 필요합니다{2}</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not an argument that mqviz knows{1}</source>
        <translation>&apos;{0}&apos;은(는) mqviz가 모르는 인자입니다{1}</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is {1:g}, after the end of the run: duration is {2:g}</source>
        <translation>&apos;{0}&apos; {1:g}은(는) 실행이 끝난 뒤입니다. duration은 {2:g}입니다</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; must be {1}, not {2}</source>
        <translation>&apos;{0}&apos;은(는) {1}이어야 합니다. {2}은(는) 안 됩니다</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; must be {1}, not {2}{3}</source>
        <translation>&apos;{0}&apos;은(는) {1}이어야 합니다. {2}은(는) 안 됩니다{3}</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; needs &apos;{1}&apos;</source>
        <translation>&apos;{0}&apos;에는 &apos;{1}&apos;이(가) 필요합니다</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; needs a text for at least one language</source>
        <translation>&apos;{0}&apos;에는 적어도 한 언어의 글이 필요합니다</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; needs {1}</source>
        <translation>&apos;{0}&apos;에는 {1}이(가) 필요합니다</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; takes no &apos;{1}&apos;, only {2}</source>
        <translation>&apos;{0}&apos;은(는) &apos;{1}&apos;을(를) 받지 않습니다. 받는 것: {2}</translation>
    </message>
    <message>
        <source>[{0:g}, {1:g}]: a rate is at least 0 and lasts more than 0 seconds</source>
        <translation>[{0:g}, {1:g}]: 빈도는 0 이상, 길이는 0초보다 커야 합니다</translation>
    </message>
    <message>
        <source>a change needs {0}</source>
        <translation>변경에는 {0}이(가) 필요합니다</translation>
    </message>
    <message>
        <source>a spike needs either &apos;factor&apos; or &apos;messages&apos;</source>
        <translation>급증에는 &apos;factor&apos;나 &apos;messages&apos; 가운데 하나가 필요합니다</translation>
    </message>
    <message>
        <source>at least one weight must be more than 0</source>
        <translation>가중치가 적어도 하나는 0보다 커야 합니다</translation>
    </message>
    <message>
        <source>there are {0} weights for {1} values</source>
        <translation>값은 {1}개인데 가중치가 {0}개입니다</translation>
    </message>
    <message>
        <source>a client&apos;s name must be a text without control characters that does not begin with queue: or exchange:</source>
        <translation>클라이언트 이름은 제어 문자가 없고 queue:나 exchange:로 시작하지 않는 글이어야 합니다</translation>
    </message>
    <message>
        <source>a name must have 1 to {0} bytes and no control characters</source>
        <translation>이름은 1~{0}바이트이며 제어 문자가 없어야 합니다</translation>
    </message>
    <message>
        <source>a quorum queue must be durable, neither exclusive nor auto_delete</source>
        <translation>쿼럼 큐는 durable이어야 하고 exclusive나 auto_delete이면 안 됩니다</translation>
    </message>
    <message>
        <source>a routing key has at most {0} bytes</source>
        <translation>라우팅 키는 {0}바이트까지입니다</translation>
    </message>
    <message>
        <source>an exclusive consumer is the only one of its queue: &apos;count&apos; must be 1</source>
        <translation>배타적 소비자는 그 큐에 하나뿐입니다. &apos;count&apos;는 1이어야 합니다</translation>
    </message>
    <message>
        <source>format {0} is newer than this mqviz, which reads format {1}</source>
        <translation>format {0}은(는) 이 mqviz가 읽는 format {1}보다 새것입니다</translation>
    </message>
    <message>
        <source>it is there twice</source>
        <translation>두 번 나옵니다</translation>
    </message>
    <message>
        <source>more than {0:,}</source>
        <translation>{0:,}개를 넘습니다</translation>
    </message>
    <message>
        <source>names that begin with &apos;amq.&apos; are the broker&apos;s own (AMQP 0-9-1, 3.1.4)</source>
        <translation>&apos;amq.&apos;로 시작하는 이름은 브로커의 것입니다(AMQP 0-9-1, 3.1.4)</translation>
    </message>
    <message>
        <source>not JSON: {0}</source>
        <translation>JSON이 아닙니다: {0}</translation>
    </message>
    <message>
        <source>one of its ends is not there</source>
        <translation>한쪽 끝이 없습니다</translation>
    </message>
    <message>
        <source>service {0!r} is declared by a change only, after who calls it has begun</source>
        <translation>서비스 {0!r}은(는) 부르는 쪽이 시작한 뒤에야 변경으로 선언됩니다</translation>
    </message>
    <message>
        <source>the default exchange cannot be bound; every queue is bound to it by its own name</source>
        <translation>기본 교환기에는 바인딩할 수 없습니다. 모든 큐가 자기 이름으로 이미 연결되어 있습니다</translation>
    </message>
    <message>
        <source>the file {0!r} cannot be read: {1}</source>
        <translation>파일 {0!r}을(를) 읽을 수 없습니다: {1}</translation>
    </message>
    <message>
        <source>the name {0!r} is taken by {1} on line {2}</source>
        <translation>이름 {0!r}은(는) {2}행의 {1}이(가) 이미 쓰고 있습니다</translation>
    </message>
    <message>
        <source>the work of {0!r} is done by service {1!r}</source>
        <translation>{0!r}의 일은 서비스 {1!r}이(가) 합니다</translation>
    </message>
    <message>
        <source>there is no &apos;{0}&apos; here{1}</source>
        <translation>여기에는 &apos;{0}&apos;이(가) 없습니다{1}</translation>
    </message>
    <message>
        <source>there is no scenario {0!r}{1}</source>
        <translation>시나리오 {0!r}이(가) 없습니다{1}</translation>
    </message>
    <message>
        <source>there is no unit {0!r}; known are {1}</source>
        <translation>단위 {0!r}은(는) 없습니다. 아는 것: {1}</translation>
    </message>
    <message>
        <source>there is no virtual host {0!r}; there is {1}</source>
        <translation>가상 호스트 {0!r}이(가) 없습니다. 있는 것: {1}</translation>
    </message>
    <message>
        <source>these are no definitions of RabbitMQ: there are no queues, exchanges, bindings or policies</source>
        <translation>RabbitMQ 정의가 아닙니다. 큐, 교환기, 바인딩, 정책이 하나도 없습니다</translation>
    </message>
    <message>
        <source>too many clients: at most {0:,} are allowed</source>
        <translation>클라이언트가 너무 많습니다. {0:,}개까지 됩니다</translation>
    </message>
    <message>
        <source>too many {0}: {1:,} with these, at most {2:,} are allowed</source>
        <translation>{0}이(가) 너무 많습니다. 모두 {1:,}개이며 {2:,}개까지 됩니다</translation>
    </message>
    <message>
        <source>{0!r} cannot be converted to {1!r}</source>
        <translation>{0!r}은(는) {1!r}(으)로 바꿀 수 없습니다</translation>
    </message>
    <message>
        <source>{0!r} has a dot followed by a number, as members have (&apos;server.1&apos; is the first of &apos;server&apos;)</source>
        <translation>{0!r}에는 구성원처럼 점 뒤에 숫자가 있습니다(&apos;server.1&apos;은 &apos;server&apos;의 첫째)</translation>
    </message>
    <message>
        <source>{0!r} has members {0}.1 to {0}.{1}, not {0}.{2}</source>
        <translation>{0!r}의 구성원은 {0}.1부터 {0}.{1}까지입니다. {0}.{2}은(는) 없습니다</translation>
    </message>
    <message>
        <source>{0!r} has no &apos;{1}&apos; to set; it has {2}</source>
        <translation>{0!r}에는 설정할 &apos;{1}&apos;이(가) 없습니다. 있는 것: {2}</translation>
    </message>
    <message>
        <source>{0!r} has no column {1!r}{2}</source>
        <translation>{0!r}에 열 {1!r}이(가) 없습니다{2}</translation>
    </message>
    <message>
        <source>{0!r} has no load whose rate could be set</source>
        <translation>{0!r}에는 빈도를 바꿀 부하가 없습니다</translation>
    </message>
    <message>
        <source>{0!r} has no members; the target is &apos;{0}&apos;</source>
        <translation>{0!r}에는 구성원이 없습니다. 대상은 &apos;{0}&apos;입니다</translation>
    </message>
    <message>
        <source>{0!r} is not a CSV file: {1}</source>
        <translation>{0!r}은(는) CSV 파일이 아닙니다: {1}</translation>
    </message>
    <message>
        <source>{0!r} publishes without confirms</source>
        <translation>{0!r}은(는) 발행 확인 없이 발행합니다</translation>
    </message>
    <message>
        <source>{0!r}, line {1}: {2!r} must be a number of at least 0, not {3!r}</source>
        <translation>{0!r} {1}행: {2!r}은(는) 0 이상의 수여야 합니다. {3!r}은(는) 안 됩니다</translation>
    </message>
    <message>
        <source>{0!r}: {1:,} messages at one instant, at most {2:,} are allowed</source>
        <translation>{0!r}: 한순간에 메시지 {1:,}개입니다. {2:,}개까지 됩니다</translation>
    </message>
    <message>
        <source>{0:,} messages at {1:g} s: at most {2:,} are allowed at one instant</source>
        <translation>{1:g}초에 메시지 {0:,}개입니다. 한순간에 {2:,}개까지 됩니다</translation>
    </message>
    <message>
        <source>{0} {1!r} does not exist{2}</source>
        <translation>{0} {1!r}이(가) 없습니다{2}</translation>
    </message>
    <message>
        <source>{0}: not a text file in UTF-8 ({1})</source>
        <translation>{0}: UTF-8 텍스트 파일이 아닙니다({1})</translation>
    </message>
    <message>
        <source>{0}: too large for a scenario: more than {1} MiB</source>
        <translation>{0}: 시나리오로는 너무 큽니다. {1} MiB를 넘습니다</translation>
    </message>
    <message>
        <source>{0}:1: the lists or tables are nested too deeply</source>
        <translation>{0}:1: 목록이나 표가 너무 깊이 겹쳐 있습니다</translation>
    </message>
    <message>
        <source>{0}:{1}: not TOML: {2}</source>
        <translation>{0}:{1}: TOML이 아닙니다: {2}</translation>
    </message>
    <message>
        <source>{0}:{1}: not TOML: {2} (at column {3})</source>
        <translation>{0}:{1}: TOML이 아닙니다: {2} ({3}열)</translation>
    </message>
    <message>
        <source>{0}:{1}: not TOML: {2} (at the end of the file)</source>
        <translation>{0}:{1}: TOML이 아닙니다: {2} (파일 끝)</translation>
    </message>
    <message>
        <source>; did you mean &apos;{0}&apos;?</source>
        <translation>. &apos;{0}&apos;을(를) 뜻했습니까?</translation>
    </message>
    <message>
        <source>; did you mean it by &apos;{0}&apos;?</source>
        <translation>. &apos;{0}&apos;이(가) 그것입니까?</translation>
    </message>
    <message>
        <source>; known are {0}</source>
        <translation>. 아는 것: {0}</translation>
    </message>
    <message>
        <source>; mqviz scenarios lists them</source>
        <translation>. mqviz scenarios로 목록을 볼 수 있습니다</translation>
    </message>
    <message>
        <source>; the file is empty</source>
        <translation>. 파일이 비어 있습니다</translation>
    </message>
    <message>
        <source>; there is no {0}</source>
        <translation>. {0}이(가) 하나도 없습니다</translation>
    </message>
    <message>
        <source>; there is {0}</source>
        <translation>. 있는 것: {0}</translation>
    </message>
    <message>
        <source>a classic queue</source>
        <translation>클래식 큐</translation>
    </message>
    <message>
        <source>a finite number</source>
        <translation>유한한 수</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>목록</translation>
    </message>
    <message>
        <source>a list of tables</source>
        <translation>표의 목록</translation>
    </message>
    <message>
        <source>a list of {0} numbers</source>
        <translation>수 {0}개의 목록</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>수</translation>
    </message>
    <message>
        <source>a quorum queue: x-queue-type = &quot;quorum&quot;</source>
        <translation>쿼럼 큐(x-queue-type = &quot;quorum&quot;)</translation>
    </message>
    <message>
        <source>a table</source>
        <translation>표</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>글</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>정수</translation>
    </message>
    <message>
        <source>a whole number from {0} to {1}</source>
        <translation>{0}부터 {1}까지의 정수</translation>
    </message>
    <message>
        <source>a whole number of at least {0}</source>
        <translation>{0} 이상의 정수</translation>
    </message>
    <message>
        <source>above {0}</source>
        <translation>{0}보다 큰</translation>
    </message>
    <message>
        <source>above {0}, at most {1}</source>
        <translation>{0}보다 크고 {1} 이하인</translation>
    </message>
    <message>
        <source>client</source>
        <translation>클라이언트</translation>
    </message>
    <message>
        <source>clients</source>
        <translation>클라이언트</translation>
    </message>
    <message>
        <source>exchange</source>
        <translation>교환기</translation>
    </message>
    <message>
        <source>from {0} to {1}</source>
        <translation>{0}부터 {1}까지의</translation>
    </message>
    <message>
        <source>of at least {0}</source>
        <translation>{0} 이상의</translation>
    </message>
    <message>
        <source>of at most {0}</source>
        <translation>{0} 이하의</translation>
    </message>
    <message>
        <source>queue</source>
        <translation>큐</translation>
    </message>
    <message>
        <source>queues</source>
        <translation>큐</translation>
    </message>
    <message>
        <source>service</source>
        <translation>서비스</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 또는 false</translation>
    </message>
    <message>
        <source>{0} or {1}</source>
        <translation>{0} 또는 {1}</translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation>{1} {0}</translation>
    </message>
</context>
<context>
    <name>NodeMenu</name>
    <message>
        <source>Look at the oldest messages</source>
        <translation>가장 오래된 메시지 보기</translation>
    </message>
    <message>
        <source>Where would a message go?…</source>
        <translation>메시지는 어디로 갈까?…</translation>
    </message>
    <message>
        <source>Listen to its conversation</source>
        <translation>대화 듣기</translation>
    </message>
    <message>
        <source>End: {0}</source>
        <translation>끝내기: {0}</translation>
    </message>
</context>
<context>
    <name>NoteWords</name>
    <message>
        <source>its name has no place in a scenario; it is left out.</source>
        <translation>이 이름은 시나리오에 쓸 수 없어 뺐습니다.</translation>
    </message>
    <message>
        <source>this type of exchange is unknown to the simulator; it is left out:</source>
        <translation>시뮬레이터가 모르는 종류의 교환기라 뺐습니다:</translation>
    </message>
    <message>
        <source>this type of queue is not simulated; it is left out:</source>
        <translation>시뮬레이션하지 않는 종류의 큐라 뺐습니다:</translation>
    </message>
    <message>
        <source>an argument is left out:</source>
        <translation>인자를 뺐습니다:</translation>
    </message>
    <message>
        <source>what its policy says stands as arguments now:</source>
        <translation>정책의 내용이 이제 인자로 들어 있습니다:</translation>
    </message>
    <message>
        <source>is called otherwise in the scenario:</source>
        <translation>시나리오에서는 이름이 다릅니다:</translation>
    </message>
    <message>
        <source>is exclusive on the broker; in the scenario anybody may consume from it.</source>
        <translation>브로커에서는 배타적이지만, 시나리오에서는 누구나 소비할 수 있습니다.</translation>
    </message>
    <message>
        <source>a binding is left out, to</source>
        <translation>바인딩을 뺐습니다. 대상:</translation>
    </message>
    <message>
        <source>There are more queues than a scenario may have:</source>
        <translation>시나리오가 가질 수 있는 것보다 큐가 많습니다:</translation>
    </message>
    <message>
        <source>Rates were not measured yet, so nobody publishes. Clone again a few seconds later.</source>
        <translation>아직 속도가 측정되지 않아 아무도 발행하지 않습니다. 몇 초 뒤에 다시 복제하세요.</translation>
    </message>
    <message>
        <source>RabbitMQ does not count by routing key: keys are made up that give the measured rates.</source>
        <translation>RabbitMQ는 라우팅 키별로 세지 않으므로, 측정한 속도가 나오도록 키를 지어냈습니다.</translation>
    </message>
    <message>
        <source>its backlog is taken over in part:</source>
        <translation>밀린 메시지를 일부만 가져왔습니다:</translation>
    </message>
    <message>
        <source>how long its work takes is guessed from its rate:</source>
        <translation>작업에 걸리는 시간은 속도에서 짐작했습니다:</translation>
    </message>
</context>
<context>
    <name>PartNote</name>
    <message>
        <source>No queue matches the search</source>
        <translation>검색에 맞는 큐가 없습니다</translation>
    </message>
    <message>
        <source>{0} of {1} matching queues, the worst first</source>
        <translation>맞는 큐 {1}개 중 {0}개, 나쁜 것부터</translation>
    </message>
    <message>
        <source>{0} of {1} queues, the worst first; search finds the others</source>
        <translation>큐 {1}개 중 {0}개, 나쁜 것부터. 나머지는 검색으로</translation>
    </message>
</context>
<context>
    <name>PortDialog</name>
    <message>
        <source>AMQP port</source>
        <translation>AMQP 포트</translation>
    </message>
    <message>
        <source>Port number</source>
        <translation>포트 번호</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>주소 복사</translation>
    </message>
    <message>
        <source>Exchange or queue</source>
        <translation>교환기 또는 큐</translation>
    </message>
    <message>
        <source>Language of the program</source>
        <translation>프로그램 언어</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>프로그램</translation>
    </message>
    <message>
        <source>Copy the program</source>
        <translation>프로그램 복사</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>A program to begin from</source>
        <translation>시작 프로그램</translation>
    </message>
    <message>
        <source>Open: AMQP 0-9-1 for programs on this machine</source>
        <translation>열림: 이 컴퓨터의 프로그램을 위한 AMQP 0-9-1</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>닫힘</translation>
    </message>
    <message>
        <source>Close the port</source>
        <translation>포트 닫기</translation>
    </message>
    <message>
        <source>Open the port</source>
        <translation>포트 열기</translation>
    </message>
    <message>
        <source>Programs of any AMQP client library can publish and consume here, beside the simulated clients.</source>
        <translation>어떤 AMQP 클라이언트 라이브러리로 만든 프로그램이든 여기서 시뮬레이션한 클라이언트와 나란히 발행하고 소비할 수 있습니다.</translation>
    </message>
    <message>
        <source>Nobody is connected yet.</source>
        <translation>아직 아무도 연결되지 않았습니다.</translation>
    </message>
    <message>
        <source>Connected: {0}. Time goes as theirs does, at 1×, until they leave.</source>
        <translation>연결됨: {0}. 떠날 때까지 시간은 이들과 같이 1×로 흐릅니다.</translation>
    </message>
    <message>
        <source>Port {0} is taken by another program. {1} is free.</source>
        <translation>포트 {0}은(는) 다른 프로그램이 쓰고 있습니다. {1}이(가) 비어 있습니다.</translation>
    </message>
    <message>
        <source>consume queue {0}</source>
        <translation>큐 {0}에서 소비</translation>
    </message>
    <message>
        <source>publish to exchange {0}</source>
        <translation>교환기 {0}(으)로 발행</translation>
    </message>
    <message>
        <source>publish to queue {0}</source>
        <translation>큐 {0}(으)로 발행</translation>
    </message>
    <message>
        <source>First: {0}</source>
        <translation>먼저: {0}</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>Readouts</name>
    <message>
        <source>full in {0}</source>
        <translation>{0} 뒤 가득 참</translation>
    </message>
    <message>
        <source>empty in {0}</source>
        <translation>{0} 뒤 빔</translation>
    </message>
</context>
<context>
    <name>RowList</name>
    <message>
        <source>and {0} more</source>
        <translation>외 {0}개</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear the search</source>
        <translation>검색어 지우기</translation>
    </message>
</context>
<context>
    <name>SessionView</name>
    <message>
        <source>Close this side</source>
        <translation>이쪽 닫기</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>연결 중…</translation>
    </message>
    <message>
        <source>The picture comes with the broker&apos;s first answer.</source>
        <translation>브로커가 처음 응답하면 그림이 나타납니다.</translation>
    </message>
    <message>
        <source>Only the management plugin can list what there is. Without it, name the queues when you connect.</source>
        <translation>무엇이 있는지는 관리 플러그인만 알려 줍니다. 없으면 연결할 때 큐 이름을 적으세요.</translation>
    </message>
    <message>
        <source>Its queues are not told</source>
        <translation>큐 목록을 알 수 없습니다</translation>
    </message>
    <message>
        <source>Nothing is in this virtual host</source>
        <translation>이 가상 호스트는 비어 있습니다</translation>
    </message>
    <message>
        <source>Another one can be chosen in the bar above.</source>
        <translation>위의 막대에서 다른 것을 고를 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
</context>
<context>
    <name>Shelf</name>
    <message>
        <source>Recent files</source>
        <translation>최근 파일</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>저장하지 않음</translation>
    </message>
    <message>
        <source>As it was left, with what was done by hand</source>
        <translation>나갈 때의 상태와 손으로 한 일</translation>
    </message>
    <message>
        <source>{0} cannot be opened</source>
        <translation>{0}을(를) 열 수 없습니다</translation>
    </message>
</context>
<context>
    <name>Stepper</name>
    <message>
        <source>Fewer: {0}</source>
        <translation>줄이기: {0}</translation>
    </message>
    <message>
        <source>More: {0}</source>
        <translation>늘리기: {0}</translation>
    </message>
</context>
<context>
    <name>SummaryPanel</name>
    <message>
        <source>Summary of the run</source>
        <translation>실행 요약</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>다시 시작</translation>
    </message>
    <message>
        <source>Next scenario</source>
        <translation>다음 시나리오</translation>
    </message>
    <message>
        <source>Save result…</source>
        <translation>결과 저장…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>stopped after {0}</source>
        <translation>{0} 뒤 중단</translation>
    </message>
    <message>
        <source>{0} simulated</source>
        <translation>가상 시간 {0}</translation>
    </message>
    <message>
        <source>at most {0} waiting</source>
        <translation>최대 {0}개 대기</translation>
    </message>
    <message>
        <source>Drained in</source>
        <translation>비우는 시간</translation>
    </message>
    <message>
        <source>Not finished</source>
        <translation>끝나지 않음</translation>
    </message>
    <message>
        <source>Most waiting</source>
        <translation>최대 대기</translation>
    </message>
    <message>
        <source>at one time</source>
        <translation>한 시점에</translation>
    </message>
    <message>
        <source>Latency p95</source>
        <translation>지연 p95</translation>
    </message>
    <message>
        <source>end to end</source>
        <translation>도착부터 완료까지</translation>
    </message>
    <message>
        <source>both sums balance</source>
        <translation>두 합이 일치</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>{0} by a rule</source>
        <translation>규칙에 따라 {0}</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>유실</translation>
    </message>
    <message>
        <source>{0} published</source>
        <translation>발행 {0}</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>of {0}</source>
        <translation>전체 {0}</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Curves and events</source>
        <translation>그래프와 이벤트</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>그래프</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>이벤트</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>대화</translation>
    </message>
    <message>
        <source>Select a queue to compare it with theory.</source>
        <translation>큐를 고르면 이론과 견주어 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>No theory: arrivals are not Poisson.</source>
        <translation>이론값 없음: 도착이 푸아송 과정이 아닙니다.</translation>
    </message>
    <message>
        <source>No theory: nobody consumes.</source>
        <translation>이론값 없음: 소비자가 없습니다.</translation>
    </message>
    <message>
        <source>No theory: the consumers work differently.</source>
        <translation>이론값 없음: 소비자마다 서비스 시간이 다릅니다.</translation>
    </message>
    <message>
        <source>No steady state: ρ ≥ 1, the backlog only grows.</source>
        <translation>정상 상태 없음: ρ ≥ 1이므로 계속 쌓입니다.</translation>
    </message>
    <message>
        <source>No theory while a fault is in effect.</source>
        <translation>장애가 진행되는 동안에는 이론값이 없습니다.</translation>
    </message>
    <message>
        <source>No theory for a queue with limits.</source>
        <translation>한도가 있는 큐에는 이론값이 없습니다.</translation>
    </message>
    <message>
        <source>No theory for this kind of work.</source>
        <translation>이런 작업에는 이론값이 없습니다.</translation>
    </message>
    <message>
        <source>No theory: the work is done by a service.</source>
        <translation>이론값 없음: 서비스가 작업을 합니다.</translation>
    </message>
</context>
<context>
    <name>Tips</name>
    <message>
        <source>publishes to</source>
        <translation>→ 발행 →</translation>
    </message>
    <message>
        <source>bound to</source>
        <translation>→ 바인딩 →</translation>
    </message>
    <message>
        <source>delivers to</source>
        <translation>→ 전달 →</translation>
    </message>
    <message>
        <source>dead-letters to</source>
        <translation>→ 데드 레터 →</translation>
    </message>
    <message>
        <source>alternate exchange</source>
        <translation>→ 대체 교환기 →</translation>
    </message>
    <message>
        <source>calls</source>
        <translation>→ 호출 →</translation>
    </message>
    <message>
        <source>what cannot be translated goes to</source>
        <translation>→ 변환 불가 →</translation>
    </message>
    <message>
        <source>replies to</source>
        <translation>→ 응답 →</translation>
    </message>
    <message>
        <source>{0} messages/s</source>
        <translation>메시지 {0}개/초</translation>
    </message>
</context>
<context>
    <name>TlsFields</name>
    <message>
        <source>Speak TLS</source>
        <translation>TLS 사용</translation>
    </message>
    <message>
        <source>Verify the broker&apos;s certificate</source>
        <translation>브로커의 인증서 확인</translation>
    </message>
    <message>
        <source>Authority (CA)</source>
        <translation>인증 기관 (CA)</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>인증서</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>키</translation>
    </message>
    <message>
        <source>the system&apos;s</source>
        <translation>시스템의 것</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Without it, whoever sits in between can read and change everything.</source>
        <translation>확인하지 않으면 중간에 있는 누구든 모든 것을 읽고 바꿀 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Inject fault</source>
        <translation>장애 주입</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>속도</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>다시 시작</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>재생</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>한 단계 진행</translation>
    </message>
    <message>
        <source>Start again from the beginning (Ctrl+R)</source>
        <translation>처음부터 다시 시작(Ctrl+R)</translation>
    </message>
    <message>
        <source>Play (Space)</source>
        <translation>재생(Space)</translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation>일시 정지(Space)</translation>
    </message>
    <message>
        <source>Go on to the next event (full stop)</source>
        <translation>다음 이벤트까지 진행(마침표)</translation>
    </message>
    <message>
        <source>How fast virtual time runs; at the right end as fast as it goes</source>
        <translation>가상 시간의 속도. 오른쪽 끝은 최대한 빠르게</translation>
    </message>
    <message>
        <source>Spike</source>
        <translation>급증</translation>
    </message>
    <message>
        <source>Kill consumer</source>
        <translation>소비자 강제 종료</translation>
    </message>
    <message>
        <source>Slow consumer</source>
        <translation>소비자 느려짐</translation>
    </message>
    <message>
        <source>Broker restart</source>
        <translation>브로커 재시작</translation>
    </message>
    <message>
        <source>Network cut</source>
        <translation>네트워크 단절</translation>
    </message>
    <message>
        <source>Kill</source>
        <translation>강제 종료</translation>
    </message>
    <message>
        <source>Slow</source>
        <translation>느려짐</translation>
    </message>
    <message>
        <source>Broker</source>
        <translation>재시작</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>단절</translation>
    </message>
    <message>
        <source>Spike: the producers send many times as much for a while (1)</source>
        <translation>급증: 생산자가 잠시 몇 배로 보냅니다(1)</translation>
    </message>
    <message>
        <source>Kill consumer: what it holds unacked goes back to the queue (2)</source>
        <translation>소비자 강제 종료: 들고 있던 미확인 메시지가 큐로 돌아갑니다(2)</translation>
    </message>
    <message>
        <source>Slow consumer: its work takes much longer (3)</source>
        <translation>소비자 느려짐: 작업이 훨씬 오래 걸립니다(3)</translation>
    </message>
    <message>
        <source>Broker restart: only durable queues and persistent messages survive (4)</source>
        <translation>브로커 재시작: 지속 큐의 지속 메시지만 살아남습니다(4)</translation>
    </message>
    <message>
        <source>Network cut: connections drop, and what was on its way is lost (5)</source>
        <translation>네트워크 단절: 연결이 끊기고 전송 중이던 것을 잃습니다(5)</translation>
    </message>
    <message>
        <source>Not possible here</source>
        <translation>여기서는 할 수 없습니다</translation>
    </message>
</context>
<context>
    <name>TranslationPart</name>
    <message>
        <source>Compare in a larger window</source>
        <translation>큰 창에서 비교</translation>
    </message>
</context>
<context>
    <name>TranslationView</name>
    <message>
        <source>A message, before and after</source>
        <translation>메시지의 변환 전과 후</translation>
    </message>
</context>
<context>
    <name>Trim</name>
    <message>
        <source>Nothing to see yet</source>
        <translation>아직 볼 것이 없습니다</translation>
    </message>
    <message>
        <source>Open a scenario on the left, or drop a scenario file or RabbitMQ definitions here.</source>
        <translation>왼쪽에서 시나리오를 열거나, 시나리오 파일 또는 RabbitMQ 정의를 여기에 끌어다 놓으십시오.</translation>
    </message>
</context>
<context>
    <name>ViewWiring</name>
    <message>
        <source>Move</source>
        <translation>옮기기</translation>
    </message>
</context>
<context>
    <name>VirtualClock</name>
    <message>
        <source>Virtual time</source>
        <translation>가상 시간</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>끝남</translation>
    </message>
    <message>
        <source>External clients are connected: time goes as theirs does, at 1×, until they leave.</source>
        <translation>외부 클라이언트가 연결되어 있어, 떠날 때까지 시간은 이들과 같이 1×로 흐릅니다.</translation>
    </message>
    <message>
        <source>behind by {0} s</source>
        <translation>{0}초 뒤처짐</translation>
    </message>
    <message>
        <source>live</source>
        <translation>실시간</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>시뮬레이션</translation>
    </message>
    <message>
        <source>clients</source>
        <translation>외부 연결</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Ready</source>
        <translation>대기</translation>
    </message>
    <message>
        <source>Unacked</source>
        <translation>미확인</translation>
    </message>
    <message>
        <source>Redelivered</source>
        <translation>재전달</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>발행</translation>
    </message>
    <message>
        <source>Deliver</source>
        <translation>전달</translation>
    </message>
    <message>
        <source>Ack</source>
        <translation>확인 응답</translation>
    </message>
    <message>
        <source>Latency p50, all so far</source>
        <translation>지연 p50(지금까지)</translation>
    </message>
    <message>
        <source>Latency p95, all so far</source>
        <translation>지연 p95(지금까지)</translation>
    </message>
    <message>
        <source>Latency p99, all so far</source>
        <translation>지연 p99(지금까지)</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>연결</translation>
    </message>
    <message>
        <source>Blocked connections</source>
        <translation>막힌 연결</translation>
    </message>
    <message>
        <source>Memory of messages</source>
        <translation>메시지가 쓰는 메모리</translation>
    </message>
    <message>
        <source>Age of the oldest</source>
        <translation>가장 오래된 메시지의 나이</translation>
    </message>
    <message>
        <source>Wait p50, all so far</source>
        <translation>대기 p50, 지금까지 전체</translation>
    </message>
    <message>
        <source>Wait p95, all so far</source>
        <translation>대기 p95, 지금까지 전체</translation>
    </message>
    <message>
        <source>Enqueued</source>
        <translation>큐에 들어옴</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>전달</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>확인 응답(ack)</translation>
    </message>
    <message>
        <source>Size of messages</source>
        <translation>메시지 전체 크기</translation>
    </message>
    <message>
        <source>Consumer capacity</source>
        <translation>소비자 여력</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>메모리</translation>
    </message>
    <message>
        <source>Free disk</source>
        <translation>남은 디스크</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>버림</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>거절</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>만료</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>거부</translation>
    </message>
    <message>
        <source>Dead-lettered</source>
        <translation>데드 레터</translation>
    </message>
    <message>
        <source>Purged</source>
        <translation>비움</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>유실</translation>
    </message>
    <message>
        <source>Unroutable</source>
        <translation>갈 곳 없음</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>반송</translation>
    </message>
    <message>
        <source>Nacked</source>
        <translation>nack</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Timed out</source>
        <translation>시간 초과</translation>
    </message>
    <message>
        <source>Invalid</source>
        <translation>변환 불가</translation>
    </message>
    <message>
        <source>In hand</source>
        <translation>보유</translation>
    </message>
    <message>
        <source>At work</source>
        <translation>작업 중</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Utilisation ρ</source>
        <translation>이용률 ρ</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>발행</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>기다림</translation>
    </message>
    <message>
        <source>Unconfirmed</source>
        <translation>발행 미확인</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>발행 확인</translation>
    </message>
    <message>
        <source>Retried</source>
        <translation>재시도</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>응답 받음</translation>
    </message>
    <message>
        <source>Blocked for</source>
        <translation>막힌 시간</translation>
    </message>
    <message>
        <source>Arrival rate λ</source>
        <translation>도착률 λ</translation>
    </message>
    <message>
        <source>In service</source>
        <translation>처리 중</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>요청</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>받음</translation>
    </message>
    <message>
        <source>Translated</source>
        <translation>변환됨</translation>
    </message>
    <message>
        <source>In</source>
        <translation>유입</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>유출</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>변환 전</translation>
    </message>
    <message>
        <source>After</source>
        <translation>변환 후</translation>
    </message>
    <message>
        <source>Max length</source>
        <translation>최대 길이</translation>
    </message>
    <message>
        <source>Message TTL</source>
        <translation>메시지 TTL</translation>
    </message>
    <message>
        <source>On overflow</source>
        <translation>넘칠 때</translation>
    </message>
    <message>
        <source>Dead-letter to</source>
        <translation>데드 레터로</translation>
    </message>
    <message>
        <source>Delivery limit</source>
        <translation>전달 한도</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>발행률 λ</translation>
    </message>
    <message>
        <source>Confirm window</source>
        <translation>미확인 한도</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>구성원</translation>
    </message>
    <message>
        <source>Prefetch</source>
        <translation>프리페치</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>작업자</translation>
    </message>
    <message>
        <source>Service time</source>
        <translation>서비스 시간</translation>
    </message>
    <message>
        <source>Places to wait</source>
        <translation>대기 자리</translation>
    </message>
    <message>
        <source>Timeout</source>
        <translation>제한 시간</translation>
    </message>
    <message>
        <source>At most so many ready messages (x-max-length). Unacked ones do not count.</source>
        <translation>대기(ready) 메시지의 최대 수(x-max-length). 미확인 메시지는 세지 않습니다.</translation>
    </message>
    <message>
        <source>How long a message may lie in the queue (x-message-ttl).</source>
        <translation>메시지가 큐에 머물 수 있는 시간(x-message-ttl).</translation>
    </message>
    <message>
        <source>What happens to a message when the queue is full (x-overflow).</source>
        <translation>큐가 가득 찼을 때 메시지를 어떻게 할지(x-overflow).</translation>
    </message>
    <message>
        <source>Where rejected, expired and pushed-out messages go (x-dead-letter-exchange).</source>
        <translation>거부되거나 만료되거나 밀려난 메시지가 가는 교환기(x-dead-letter-exchange).</translation>
    </message>
    <message>
        <source>How often a message may come back before it is dead-lettered (x-delivery-limit).</source>
        <translation>데드 레터가 되기 전에 되돌아올 수 있는 횟수(x-delivery-limit).</translation>
    </message>
    <message>
        <source>Messages per second of each member, λ.</source>
        <translation>구성원마다 초당 보내는 메시지, λ.</translation>
    </message>
    <message>
        <source>At most so many published messages may be unconfirmed.</source>
        <translation>발행 확인을 받지 못한 메시지의 최대 수.</translation>
    </message>
    <message>
        <source>How many work side by side.</source>
        <translation>나란히 일하는 구성원의 수.</translation>
    </message>
    <message>
        <source>At most so many unacknowledged messages for each consumer; 0 is unlimited.</source>
        <translation>소비자마다 가질 수 있는 미확인 메시지의 최대 수. 0은 무제한입니다.</translation>
    </message>
    <message>
        <source>How many messages one member works on at a time.</source>
        <translation>구성원 하나가 동시에 처리하는 메시지의 수.</translation>
    </message>
    <message>
        <source>Mean time of the work on one message, 1/μ.</source>
        <translation>메시지 하나를 처리하는 평균 시간, 1/μ.</translation>
    </message>
    <message>
        <source>How many requests may wait; the next is refused.</source>
        <translation>기다릴 수 있는 요청의 수. 넘으면 거절합니다.</translation>
    </message>
    <message>
        <source>How long a caller waits for its answer.</source>
        <translation>호출자가 응답을 기다리는 시간.</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>버림</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>거절</translation>
    </message>
    <message>
        <source>DLX</source>
        <translation>DLX</translation>
    </message>
    <message>
        <source>(default exchange)</source>
        <translation>(기본 교환기)</translation>
    </message>
    <message>
        <source>policy {0}</source>
        <translation>정책 {0}</translation>
    </message>
    <message>
        <source>behaves as RabbitMQ {0}</source>
        <translation>RabbitMQ {0}처럼 동작</translation>
    </message>
    <message>
        <source>Classic queue</source>
        <translation>클래식 큐</translation>
    </message>
    <message>
        <source>Quorum queue</source>
        <translation>쿼럼 큐</translation>
    </message>
    <message>
        <source>durable</source>
        <translation>지속</translation>
    </message>
    <message>
        <source>exclusive</source>
        <translation>전용</translation>
    </message>
    <message>
        <source>auto-delete</source>
        <translation>자동 삭제</translation>
    </message>
    <message>
        <source>internal</source>
        <translation>내부용</translation>
    </message>
    <message>
        <source>Direct exchange</source>
        <translation>다이렉트 교환기</translation>
    </message>
    <message>
        <source>Topic exchange</source>
        <translation>토픽 교환기</translation>
    </message>
    <message>
        <source>Fanout exchange</source>
        <translation>팬아웃 교환기</translation>
    </message>
    <message>
        <source>Headers exchange</source>
        <translation>헤더 교환기</translation>
    </message>
    <message>
        <source>manual ack</source>
        <translation>수동 ack</translation>
    </message>
    <message>
        <source>automatic ack</source>
        <translation>자동 ack</translation>
    </message>
    <message>
        <source>subscribed to</source>
        <translation>구독 중</translation>
    </message>
    <message>
        <source>takes from</source>
        <translation>받는 곳</translation>
    </message>
    <message>
        <source>publishes to</source>
        <translation>보내는 곳</translation>
    </message>
    <message>
        <source>what is invalid</source>
        <translation>변환 불가</translation>
    </message>
    <message>
        <source>running</source>
        <translation>작동 중</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>쉬는 중</translation>
    </message>
    <message>
        <source>done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>waiting for confirms</source>
        <translation>발행 확인 대기</translation>
    </message>
    <message>
        <source>waiting for an answer</source>
        <translation>응답 대기 중</translation>
    </message>
    <message>
        <source>in flow control</source>
        <translation>흐름 제어 중</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>막힘</translation>
    </message>
    <message>
        <source>slow</source>
        <translation>느려짐</translation>
    </message>
    <message>
        <source>failing</source>
        <translation>작업 실패</translation>
    </message>
    <message>
        <source>hanging</source>
        <translation>응답 없음</translation>
    </message>
    <message>
        <source>closing</source>
        <translation>닫는 중</translation>
    </message>
    <message>
        <source>disconnected</source>
        <translation>연결 끊김</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>종료됨</translation>
    </message>
    <message>
        <source>killed</source>
        <translation>강제 종료됨</translation>
    </message>
    <message>
        <source>requests</source>
        <translation>요청</translation>
    </message>
    <message>
        <source>responses</source>
        <translation>응답</translation>
    </message>
    <message>
        <source>errors</source>
        <translation>오류</translation>
    </message>
    <message>
        <source>events</source>
        <translation>이벤트</translation>
    </message>
    <message>
        <source>Broker</source>
        <translation>브로커</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>큐</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>교환기</translation>
    </message>
    <message>
        <source>Producer</source>
        <translation>생산자</translation>
    </message>
    <message>
        <source>Consumer</source>
        <translation>소비자</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>서비스</translation>
    </message>
    <message>
        <source>Message translator</source>
        <translation>메시지 변환기</translation>
    </message>
    <message>
        <source>Consumers</source>
        <translation>소비자</translation>
    </message>
    <message>
        <source>Bindings</source>
        <translation>바인딩</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>큐</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>서비스</translation>
    </message>
    <message>
        <source>Queue and its other consumers</source>
        <translation>큐와 다른 소비자</translation>
    </message>
    <message>
        <source>Sends to</source>
        <translation>보내는 곳</translation>
    </message>
    <message>
        <source>From and to</source>
        <translation>입력과 출력</translation>
    </message>
    <message>
        <source>Spike</source>
        <translation>급증</translation>
    </message>
    <message>
        <source>Kill consumer</source>
        <translation>소비자 강제 종료</translation>
    </message>
    <message>
        <source>Slow consumer</source>
        <translation>소비자 느려짐</translation>
    </message>
    <message>
        <source>Broker restart</source>
        <translation>브로커 재시작</translation>
    </message>
    <message>
        <source>Network cut</source>
        <translation>네트워크 단절</translation>
    </message>
    <message>
        <source>Graceful stop</source>
        <translation>정상 종료</translation>
    </message>
    <message>
        <source>Hang</source>
        <translation>응답 없음</translation>
    </message>
    <message>
        <source>Failing work</source>
        <translation>작업 실패</translation>
    </message>
    <message>
        <source>Poison message</source>
        <translation>포이즌 메시지</translation>
    </message>
    <message>
        <source>Network delay</source>
        <translation>네트워크 지연</translation>
    </message>
    <message>
        <source>Broker down</source>
        <translation>브로커 중단</translation>
    </message>
    <message>
        <source>Memory alarm</source>
        <translation>메모리 경보</translation>
    </message>
    <message>
        <source>Purge queue</source>
        <translation>큐 비우기</translation>
    </message>
    <message>
        <source>Kill</source>
        <translation>강제 종료</translation>
    </message>
    <message>
        <source>Slow down</source>
        <translation>느리게 하기</translation>
    </message>
    <message>
        <source>Purge</source>
        <translation>비우기</translation>
    </message>
    <message>
        <source>Send a poison message</source>
        <translation>포이즌 메시지 보내기</translation>
    </message>
    <message>
        <source>{0}, at least {1}</source>
        <translation>{0}, 최소 {1}</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{1} 중 {0}</translation>
    </message>
    <message>
        <source>A live broker cannot do this.</source>
        <translation>실제 브로커에서는 할 수 없습니다.</translation>
    </message>
    <message>
        <source>This connection is read-only.</source>
        <translation>읽기 전용 연결입니다.</translation>
    </message>
    <message>
        <source>The account may not do this.</source>
        <translation>이 계정에는 권한이 없습니다.</translation>
    </message>
    <message>
        <source>The run has ended: restart it first.</source>
        <translation>실행이 끝났습니다. 먼저 다시 시작하십시오.</translation>
    </message>
    <message>
        <source>The broker is down.</source>
        <translation>브로커가 내려가 있습니다.</translation>
    </message>
    <message>
        <source>That fault is over already.</source>
        <translation>이미 끝난 장애입니다.</translation>
    </message>
    <message>
        <source>There is no such queue:</source>
        <translation>없는 큐입니다:</translation>
    </message>
    <message>
        <source>There is no such exchange:</source>
        <translation>없는 교환기입니다:</translation>
    </message>
    <message>
        <source>There is no such target:</source>
        <translation>없는 대상입니다:</translation>
    </message>
    <message>
        <source>This cannot be changed:</source>
        <translation>바꿀 수 없는 항목입니다:</translation>
    </message>
    <message>
        <source>The name is taken:</source>
        <translation>이미 쓰는 이름입니다:</translation>
    </message>
    <message>
        <source>The broker refused it:</source>
        <translation>브로커가 거절했습니다:</translation>
    </message>
    <message>
        <source>A speed must be more than 0.</source>
        <translation>속도는 0보다 커야 합니다.</translation>
    </message>
    <message>
        <source>Looking here would mark the messages as redelivered:</source>
        <translation>여기서 들여다보면 메시지가 재전달로 표시됩니다:</translation>
    </message>
    <message>
        <source>The type of this exchange is unknown:</source>
        <translation>이 교환기의 종류를 알 수 없습니다:</translation>
    </message>
    <message>
        <source>This needs the broker&apos;s management API, which does not answer.</source>
        <translation>브로커의 관리 API가 필요하지만 응답하지 않습니다.</translation>
    </message>
    <message>
        <source>The broker did not answer; nobody knows whether it was done:</source>
        <translation>브로커가 응답하지 않아 실행되었는지 알 수 없습니다:</translation>
    </message>
    <message>
        <source>External clients are connected: time goes as theirs does, at 1×, until they leave.</source>
        <translation>외부 클라이언트가 연결되어 있어, 떠날 때까지 시간은 이들과 같이 1×로 흐릅니다.</translation>
    </message>
    <message>
        <source>No connection to the broker:</source>
        <translation>브로커와의 연결이 없습니다:</translation>
    </message>
    <message>
        <source>This is for live brokers; this one is simulated.</source>
        <translation>실제 브로커에서만 됩니다. 지금 것은 시뮬레이션입니다.</translation>
    </message>
    <message>
        <source>There is no target for this fault.</source>
        <translation>이 장애를 일으킬 대상이 없습니다.</translation>
    </message>
    <message>
        <source>{0}/s</source>
        <translation>{0}/초</translation>
    </message>
    <message>
        <source>s</source>
        <translation>초</translation>
    </message>
    <message>
        <source>/s</source>
        <translation>/초</translation>
    </message>
    <message>
        <source>0 s</source>
        <translation>0초</translation>
    </message>
    <message>
        <source>{0} ms</source>
        <translation>{0} ms</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0}초</translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation>{0}분</translation>
    </message>
</context>
<context>
    <name>ZoomBar</name>
    <message>
        <source>Zoom</source>
        <translation>확대/축소</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>축소(−)</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>확대(+)</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>전체 보기</translation>
    </message>
    <message>
        <source>See everything that can be read (F); again: all of it</source>
        <translation>읽을 수 있는 크기로 보기(F). 한 번 더: 전부 보기</translation>
    </message>
    <message>
        <source>Back to 100 %</source>
        <translation>100 %로</translation>
    </message>
    <message>
        <source>Zoom: back to 100 %</source>
        <translation>확대/축소: 100 %로</translation>
    </message>
</context>
<context>
    <name>_FileField</name>
    <message>
        <source>Choose a file</source>
        <translation>파일 고르기</translation>
    </message>
    <message>
        <source>PEM files (*.pem *.crt *.key *.cer)</source>
        <translation>PEM 파일 (*.pem *.crt *.key *.cer)</translation>
    </message>
</context>
<context>
    <name>_Heads</name>
    <message>
        <source>broker</source>
        <translation>브로커</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>초</translation>
    </message>
</context>
</TS>

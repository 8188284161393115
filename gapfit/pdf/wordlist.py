"""A compact list of English words that are common in resumes.

Large enough to notice words that run together and letters that make no sense; not a
dictionary: an unknown word is never wrong for being unknown.
"""

from __future__ import annotations

_WORDS = """
a about above access according accuracy achieved achieving across active add added adding after
agent agents ai all along also among an analyse analysis analyst analytics analyze and annual any
api apis app application applications applied apply approach approaches architect architecture are
area areas around as assistant at audio author automated automatic automation available average
award away back backend bachelor base based basic batch be because been before behind being below
best better between beyond big both brand bring brought budget bug build building built business
but by call campaign can career case cases cause center central certified chain chains change
changes channel chat chatbot city class classes classification cleaning client clients cloud code
coding collaborate collaborated collaboration college come commercial communication community
company complete complex component components compute computer computing concepts conducted
consultant contact content context continuous contract contributed control conversion core
corporate cost costs could course courses create created creating credit cross culture current
custom customer customers cut daily dashboard dashboards data database databases date day days
deal decision decisions deep degree deliver delivered delivering delivery demand deploy deployed
deploying deployment deployments design designed designing detail detection develop developed
developer developers developing development device digital director discovery distributed do
document documentation documents doing domain down drive driven driving due during each early
education effective efficiency efficient effort eight email embedding embeddings employee employees
enable enabled enabling end energy engine engineer engineering engineers english enhance enhanced
ensure ensured ensuring enterprise environment environments error errors evaluate evaluated
evaluation even event events every exam example excellence executive existing experience
experienced experiment experiments expert expertise external face fast feature features feedback
few field fifteen file files filter final finance financial find fine first five flow focus focused
following for forecast forecasting form found four framework frameworks free from front full
function functional functions fund further future gained generate generated generating generation
generative get given global go goal goals good government graduate great group groups growth guide
had half hand handling has have having head health help helped helping her high higher highly
hiring his home hour hours house how human hundred idea identified identify image images impact
implement implementation implemented implementing improve improved improvement improvements
improving in incident include included including increase increased increasing industry inference
information infrastructure initiative initiatives insight insights institute integrate integrated
integrating integration intelligence intelligent interface internal international into introduced
intern is issue issues it items its job join joined key know knowledge label labels language
languages large last latency latest launch launched law lead leader leadership leading learn
learned learning led less level leveraging library life like line linear list little live load
local long low lower machine made main maintain maintained maintaining make making manage managed
management manager managing many map market marketing master match materials mathematics may me
measure measured media medical meet member members memory mentor mentored message messages method
methods metric metrics migrated migration million mining minutes mobile model modeling modelling
models module monitor monitored monitoring month monthly months more most move moved multi multiple
music my name national native natural need needs network networks neural new next night nine no not
now number object of off office on one online only open operating operation operations optimization
optimize optimized optimizing or order organization other our out output over own owned page paper
part partner partners patient payment payments pay people per performance person personal phone
pipeline pipelines place plan planning platform platforms play point policy power practice practices
predict prediction predictive present presented price pricing prior privacy problem problems process
processes processing produced product production products professional program programming programs
project projects prompt prompts proposal prototype provide provided providing public published
quality quarter queries query question questions ranking rate rates raw reach real recognition
recommendation record records reduce reduced reducing related release report reporting reports
request requests research researcher resource resources response responsible rest result results
retail retrieval return revenue review reviews right risk role rule rules run running safety sale
sales same save saved saving scalable scale scaling school science scientist scientists score
scores search second seconds section sector security selection self senior sentiment series serve
served server service services serving session set seven several share shared she shipped short
show showed side similar simple single site six skill skills small social software solution
solutions solve source space speech spent sprint stack staff stage stakeholders standard standards
start started startup state statistical statistics step storage store strategic strategies strategy
stream streaming strong structure structured student students studies study style success
successful such summary supply support supported supporting system systems table take talk task
tasks teach teaching team teams technical technique techniques technologies technology ten term
test tested testing tests text than that the their them then theory there these they third this
thousand three through throughput thus time times to today together token tokens tool tooling tools
top total track tracking traffic train trained training transform translation travel trend triage
tuned tuning two type under understand understanding unit university until up update updated upon
usage use used user users using validation value various vector vendor version very via video
vision visual visualization voice was way we web website week weekly weeks well were what when where
which while who whole wide will window with within without word words work worked workflow workflows
working world would write writing written year years you young your zero

ajax api azure bash big data docker dbt git github gitlab hugging java javascript jira kafka keras
kubernetes linux mongodb mysql node numpy pandas php postgres python pytorch ray react redis rust
scala scikit snowflake spark sql swift tableau tensorflow terraform typescript unix vue xgboost
"""

COMMON_WORDS = frozenset(_WORDS.split())

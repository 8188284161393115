"""Many resumes: from ten to millions, in any order, stopped and continued at will.

    places        where inputs lie: this machine, or an address such as s3://bucket
    archives      ZIP archives of resumes
    listing       inputs as they are given -> items
    fetching      an item -> its bytes
    reading       bytes -> a resume, in a process that may hang or crash
    memory        an encoder that remembers short texts
    judging       resumes -> scored contents, encoded together
    flow          threads and bounded channels between these stages
    engine        what runs the stages: an interface, and what its two kinds share
    local_engine  the stages on this machine, every processor busy
    ray_engine    the same stages on a Ray cluster
    state         what became of every input, durably, in SQLite
    nameless      inputs without their names, which are often people's
    cohort        what the pool as a whole shows and lacks
    run           a run from beginning to end

Each stage is a plain function on the nouns of ``datamodels.bulk``; only the engines know where
and how often it runs.
"""
